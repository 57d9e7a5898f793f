namespace Tutti.Gateway.Registry;

/// <summary>A pool as stored: the bulkhead that the parts which name it share.</summary>
internal record PoolConfig
{
    public required string Key { get; init; }

    /// <summary>How many calls run at once, 1 or more.</summary>
    public int Size { get; set; } = 2;

    /// <summary>How many calls wait beyond those; 0 or -1 refuses at once.</summary>
    public int Queue { get; set; } = 256;

    /// <summary>The registry's version at the last change of the pool, and its ETag; ignored on writing.</summary>
    public long Version { get; init; }
}
