namespace Tutti.Gateway.Storage.Rows;

/// <summary>A cache group.</summary>
internal sealed class CacheGroupRow
{
    public required string Name { get; init; }

    public required string Owner { get; set; }

    public required string Description { get; set; }

    /// <summary>The registry's version at the last change of the row.</summary>
    public long Version { get; set; }
}
