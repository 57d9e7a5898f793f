using System.Numerics;

namespace Tutti.Gateway.Caching.Store;

/// <summary>
/// Entries in memory, bounded by bytes; the ones that were not asked for lately are evicted first. Looking up takes no lock and
/// allocates nothing; writers wait only for those of the same shard. It reads no clock: what depends on time is passed in.
/// </summary>
internal sealed class MemoryStore<TEntry>
    where TEntry : StoredEntry
{
    const int ShardsPerWriter = 4;
    const int LargestEntriesPerShard = 16;

    readonly StoreShard<TEntry>[] _shards;
    readonly int _shift;
    readonly Action<TEntry>? _onEvicted;

    /// <param name="maxBytes">The most bytes of all entries together, each with the store's own share.</param>
    /// <param name="maxEntryBytes">The most bytes of one entry, with the store's own share.</param>
    /// <param name="writers">How many write at once: the number of processors.</param>
    /// <param name="onEvicted">Told each entry that made room for another.</param>
    public MemoryStore(long maxBytes, int maxEntryBytes, int writers, Action<TEntry>? onEvicted = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(writers);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxEntryBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, maxEntryBytes);
        MaxBytes = maxBytes;
        MaxEntryBytes = maxEntryBytes;
        var count = ShardCount(maxBytes, maxEntryBytes, writers);
        _shards = new StoreShard<TEntry>[count];
        for (var i = 0; i < count; i++)
        {
            _shards[i] = new StoreShard<TEntry>(maxBytes / count);
        }

        _shift = BitOperations.Log2((uint)count);
        _onEvicted = onEvicted;
    }

    public long MaxBytes { get; }

    public int MaxEntryBytes { get; }

    public int Count => _shards.Sum(shard => shard.Count);

    /// <summary>The cost of all entries; never above the bound.</summary>
    public long Bytes => _shards.Sum(shard => shard.Bytes);

    /// <summary>How many entries made room for others since the start.</summary>
    public long Evictions => _shards.Sum(shard => shard.Evictions);

    /// <summary>Finds an entry, dead or alive, and spares it the next eviction.</summary>
    public TEntry? Find<TKey>(scoped ref TKey key)
        where TKey : struct, IEntryKey<TEntry>, allows ref struct => Shard(key.Hash).Find(ref key);

    /// <summary>
    /// Takes an entry in, in the place of its equal, and evicts what it needs room for: the dead first. One that is too large is not
    /// taken in, and its equal goes all the same: what is older than the newest answer is not wanted.
    /// </summary>
    /// <param name="now">What <see cref="StoredEntry.IsDead"/> is asked with.</param>
    /// <returns>The equal entry that was there.</returns>
    public TEntry? Add<TKey>(scoped ref TKey key, TEntry entry, long now)
        where TKey : struct, IEntryKey<TEntry>, allows ref struct
    {
        if (entry.Cost > MaxEntryBytes)
        {
            return Remove(ref key);
        }

        var replaced = Shard(entry.Hash).Add(ref key, entry, now, out var evicted);
        Release(evicted, _onEvicted);
        return replaced;
    }

    /// <returns>The entry that was there.</returns>
    public TEntry? Remove<TKey>(scoped ref TKey key)
        where TKey : struct, IEntryKey<TEntry>, allows ref struct => Shard(key.Hash).Remove(ref key);

    /// <summary>Removes this very entry, not its equal.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(TEntry entry) => Shard(entry.Hash).Remove(entry);

    /// <summary>Gives everything up, shard by shard.</summary>
    /// <returns>How many entries there were.</returns>
    public int Clear()
    {
        var total = 0;
        foreach (var shard in _shards)
        {
            Release(shard.Clear(out var count), told: null);
            total += count;
        }

        return total;
    }

    /// <summary>The upper bits of the hash choose the shard, the lower ones the bucket in it.</summary>
    StoreShard<TEntry> Shard(int hash) => _shards[(int)((ulong)(uint)hash << _shift >> 32)];

    /// <summary>Parts entries that left the store from each other, outside of any lock, so that one that is held holds no others.</summary>
    static void Release(StoredEntry? first, Action<TEntry>? told)
    {
        while (first is not null)
        {
            var entry = first;
            first = entry.Newer;
            entry.Newer = null;
            entry.Older = null;
            told?.Invoke((TEntry)entry);
        }
    }

    /// <summary>Enough that writers seldom meet, few enough that each holds several of the largest entries. A power of two.</summary>
    static int ShardCount(long maxBytes, int maxEntryBytes, int writers)
    {
        var wanted = (long)BitOperations.RoundUpToPowerOf2((uint)writers * ShardsPerWriter);
        var holds = Math.Max(1, maxBytes / ((long)maxEntryBytes * LargestEntriesPerShard));
        return (int)Math.Min(wanted, 1L << BitOperations.Log2((ulong)holds));
    }
}
