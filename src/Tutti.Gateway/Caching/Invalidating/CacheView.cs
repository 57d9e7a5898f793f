namespace Tutti.Gateway.Caching.Invalidating;

/// <summary>The cache as the admin API shows it.</summary>
internal sealed record CacheView(int Entries, long Bytes, long Evictions, IReadOnlyList<CachedPartView> Parts)
{
    public static CacheView Of(EntryShelf shelf, CachedParts parts) =>
        new(shelf.Count, shelf.Bytes, shelf.Evictions, [.. parts.All.Select(part => CachedPartView.Of(part.PartId, part.Counters))]);
}
