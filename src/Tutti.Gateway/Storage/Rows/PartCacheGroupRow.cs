namespace Tutti.Gateway.Storage.Rows;

/// <summary>Says that a part belongs to a cache group.</summary>
internal sealed class PartCacheGroupRow
{
    public required string PartId { get; init; }

    public required string CacheGroup { get; init; }

    /// <summary>Its place among the part's groups, from 0.</summary>
    public int Position { get; init; }
}
