namespace Tutti.Gateway.Caching.Store;

/// <summary>
/// What the memory store needs of an entry, within the entry itself: no node, no wrapper. With the object's header it is 48 bytes.
/// An entry is added once in its life; what has left the store does not come back.
/// </summary>
internal abstract class StoredEntry
{
    /// <summary>What an entry costs beyond what it says: the 48 bytes of this class and its bucket.</summary>
    public const int StoreBytes = 56;

    const int AddedBit = 1 << 30;
    const int VisitedBit = 1 << 31;
    const int CostBits = AddedBit - 1;

    /// <summary>The next entry of the bucket. It outlives the removal, for the look-ups that stand on this entry meanwhile.</summary>
    internal StoredEntry? Chain;

    /// <summary>The neighbour that came before, in the queue.</summary>
    internal StoredEntry? Older;

    /// <summary>The neighbour that came after, in the queue; of entries that were evicted, the one evicted before.</summary>
    internal StoredEntry? Newer;

    // Look-ups set the visited bit without a lock, beside bits that no longer change: a lost race loses that bit alone.
    int _costAndBits;

    /// <param name="hash">The hash of its key.</param>
    /// <param name="bytes">What the entry takes beyond this class: its own fields and all it refers to alone.</param>
    protected StoredEntry(int hash, int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, CostBits - StoreBytes);
        Hash = hash;
        _costAndBits = bytes + StoreBytes;
    }

    public int Hash { get; }

    /// <summary>What it takes of the store's bytes.</summary>
    public int Cost => _costAndBits & CostBits;

    /// <summary>Whether a look-up found it since the hand passed.</summary>
    internal bool IsVisited => (_costAndBits & VisitedBit) != 0;

    /// <summary>Whether nobody will want it any more, at a time that the caller of the store gave.</summary>
    protected internal abstract bool IsDead(long now);

    /// <summary>Writes only the first time, so that many readers of one entry share its line of memory.</summary>
    internal void MarkVisited()
    {
        if (!IsVisited)
        {
            _costAndBits |= VisitedBit;
        }
    }

    internal void ForgetVisit() => _costAndBits &= ~VisitedBit;

    internal void MarkAdded()
    {
        if ((_costAndBits & AddedBit) != 0)
        {
            throw new InvalidOperationException("An entry is added once in its life.");
        }

        _costAndBits |= AddedBit;
    }
}
