namespace Tutti.Gateway.Storage.Rows;

/// <summary>Says that the values of a param belong to a cache group.</summary>
internal sealed class ParamCacheGroupRow
{
    public required string PartId { get; init; }

    /// <summary>The ordinal of the param.</summary>
    public int Ordinal { get; init; }

    public required string CacheGroup { get; init; }

    /// <summary>Its place among the param's groups, from 0.</summary>
    public int Position { get; init; }
}
