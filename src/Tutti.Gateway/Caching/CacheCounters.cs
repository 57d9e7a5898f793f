namespace Tutti.Gateway.Caching;

/// <summary>What the cache counts of one part since the start.</summary>
internal sealed class CacheCounters
{
    long _hits;
    long _misses;
    long _stale;
    long _revalidated;
    long _collapsed;
    long _evictions;
    long _bytes;

    /// <summary>Answers from memory, fresh.</summary>
    public long Hits => Volatile.Read(ref _hits);

    /// <summary>Calls to the backend because nothing usable was stored.</summary>
    public long Misses => Volatile.Read(ref _misses);

    /// <summary>Answers from memory, stale.</summary>
    public long Stale => Volatile.Read(ref _stale);

    /// <summary>Stored answers that the backend confirmed.</summary>
    public long Revalidated => Volatile.Read(ref _revalidated);

    /// <summary>Requests that were answered by the call of another one.</summary>
    public long Collapsed => Volatile.Read(ref _collapsed);

    /// <summary>Entries that made room for others.</summary>
    public long Evictions => Volatile.Read(ref _evictions);

    /// <summary>What the part's entries take in memory now.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    public void Hit() => Interlocked.Increment(ref _hits);

    public void Missed() => Interlocked.Increment(ref _misses);

    public void WasStale() => Interlocked.Increment(ref _stale);

    public void WasConfirmed() => Interlocked.Increment(ref _revalidated);

    public void WasCollapsed() => Interlocked.Increment(ref _collapsed);

    public void WasEvicted(int bytes)
    {
        Interlocked.Increment(ref _evictions);
        Took(-bytes);
    }

    public void Took(int bytes) => Interlocked.Add(ref _bytes, bytes);
}
