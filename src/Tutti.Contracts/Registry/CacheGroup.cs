namespace Tutti.Contracts.Registry;

/// <summary>A name under which parts, or values of params, are invalidated together.</summary>
public sealed record CacheGroup
{
    /// <summary>Its unique name.</summary>
    public required string Name { get; init; }

    /// <summary>Who looks after it.</summary>
    public required string Owner { get; init; }

    /// <summary>What it stands for.</summary>
    public required string Description { get; init; }
}
