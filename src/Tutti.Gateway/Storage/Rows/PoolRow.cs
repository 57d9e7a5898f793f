namespace Tutti.Gateway.Storage.Rows;

/// <summary>A pool.</summary>
internal sealed class PoolRow
{
    public required string Key { get; init; }

    public int Size { get; set; }

    public int Queue { get; set; }

    /// <summary>The registry's version at the last change of the row.</summary>
    public long Version { get; set; }
}
