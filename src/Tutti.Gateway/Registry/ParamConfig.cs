namespace Tutti.Gateway.Registry;

/// <summary>A declared param of a part, as stored.</summary>
internal sealed record ParamConfig
{
    /// <summary>Its name towards the backend.</summary>
    public required string Name { get; init; }

    /// <summary>Its name towards clients; <see cref="Name"/> if null. <c>meta.userId</c> and its kin are filled from the request's meta.</summary>
    public string? InputName { get; init; }

    public required ParamKind In { get; init; }

    public string? Description { get; init; }

    public bool Required { get; init; }

    /// <summary>Whether cached answers can be invalidated by its value.</summary>
    public bool Versioned { get; init; }

    /// <summary>Whether <c>/</c> in a path value separates segments instead of being escaped.</summary>
    public bool MultiSegment { get; init; }

    /// <summary>The names of the cache groups by which answers for one of its values are invalidated.</summary>
    public IReadOnlyList<string> CacheGroups { get; set; } = [];
}
