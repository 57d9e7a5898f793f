namespace Tutti.Contracts.Registry;

/// <summary>A declared param of a part in Octoparts' words.</summary>
public sealed record PartParam
{
    /// <summary>Whether a call without it fails.</summary>
    public required bool Required { get; init; }

    /// <summary>Whether cached answers can be invalidated by its value.</summary>
    public required bool Versioned { get; init; }

    /// <summary>Where it goes: query, path, header, cookie or body.</summary>
    public required string ParamType { get; init; }

    /// <summary>Its name towards the backend.</summary>
    public required string OutputName { get; init; }

    /// <summary>Its name towards clients, if it differs from <see cref="OutputName"/>.</summary>
    public string? InputNameOverride { get; init; }

    /// <summary>What it means, for people.</summary>
    public string? Description { get; init; }

    /// <summary>The cache groups by which answers for one of its values are invalidated.</summary>
    public required IReadOnlyList<CacheGroup> CacheGroups { get; init; }

    /// <summary>Not known to Octoparts: whether <c>/</c> in a path value separates segments; false if absent.</summary>
    public bool? MultiSegment { get; init; }
}
