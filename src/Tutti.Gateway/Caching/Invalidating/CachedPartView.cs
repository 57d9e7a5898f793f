namespace Tutti.Gateway.Caching.Invalidating;

/// <summary>What the cache counts of one part since the start.</summary>
internal sealed record CachedPartView(string PartId, long Bytes, long Hits, long Misses, long Stale, long Revalidated, long Collapsed, long Evictions)
{
    public static CachedPartView Of(string partId, CacheCounters counters) => new(
        partId, counters.Bytes, counters.Hits, counters.Misses, counters.Stale, counters.Revalidated, counters.Collapsed, counters.Evictions);
}
