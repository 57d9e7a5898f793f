namespace Tutti.Gateway.Registry;

/// <summary>A cache group as stored: a name under which parts, or values of params, are invalidated together.</summary>
internal record CacheGroupConfig
{
    public required string Name { get; init; }

    public string Owner { get; set; } = "";

    public string Description { get; set; } = "";

    /// <summary>The registry's version at the last change of the group, and its ETag; ignored on writing.</summary>
    public long Version { get; init; }
}
