namespace Tutti.Gateway.Caching.Store;

/// <summary>
/// Entries in the order they came, and the choice of the one to give up. A hand goes from old to new: what was found since it last
/// passed is spared once, what was not is given up (SIEVE). So a flood of keys that nobody asks for twice evicts itself.
/// </summary>
internal sealed class EvictionQueue
{
    /// <summary>The most entries that are spared for one addition: where all were found, it still takes no longer than this.</summary>
    public const int MostSpared = 256;

    /// <summary>How many entries one choice looks at in search of dead ones, which the hand might not meet for long.</summary>
    public const int Swept = 2;

    StoredEntry? _newest;
    StoredEntry? _hand;
    StoredEntry? _sweep;

    public StoredEntry? Oldest { get; private set; }

    public void Add(StoredEntry entry)
    {
        entry.Older = _newest;
        if (_newest is null)
        {
            Oldest = entry;
        }
        else
        {
            _newest.Newer = entry;
        }

        _newest = entry;
    }

    public void Remove(StoredEntry entry)
    {
        StepOff(entry);
        if (entry.Older is { } older)
        {
            older.Newer = entry.Newer;
        }
        else
        {
            Oldest = entry.Newer;
        }

        if (entry.Newer is { } newer)
        {
            newer.Older = entry.Older;
        }
        else
        {
            _newest = entry.Older;
        }

        // One entry that somebody holds must not hold the others.
        entry.Older = null;
        entry.Newer = null;
    }

    /// <summary>The entry to give up next; there is at least one.</summary>
    /// <param name="now">What <see cref="StoredEntry.IsDead"/> is asked with.</param>
    /// <param name="spares">How many entries may still be spared.</param>
    public StoredEntry Choose(long now, ref int spares) => NextDead(now) ?? NextUnvisited(now, ref spares);

    StoredEntry? NextDead(long now)
    {
        for (var looks = 0; looks < Swept; looks++)
        {
            var entry = Step(ref _sweep);
            if (entry.IsDead(now))
            {
                return entry;
            }
        }

        return null;
    }

    StoredEntry NextUnvisited(long now, ref int spares)
    {
        for (; ; spares--)
        {
            var entry = Step(ref _hand);
            if (!entry.IsVisited || spares == 0 || entry.IsDead(now))
            {
                return entry;
            }

            entry.ForgetVisit();
        }
    }

    /// <summary>The entry at a hand, which moves on; past the newest it begins with the oldest again.</summary>
    StoredEntry Step(ref StoredEntry? hand)
    {
        var entry = hand ?? Oldest!;
        hand = entry.Newer;
        return entry;
    }

    void StepOff(StoredEntry entry)
    {
        if (_hand == entry)
        {
            _hand = entry.Newer;
        }

        if (_sweep == entry)
        {
            _sweep = entry.Newer;
        }
    }
}
