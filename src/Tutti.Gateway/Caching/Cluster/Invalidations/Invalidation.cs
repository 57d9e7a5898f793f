namespace Tutti.Gateway.Caching.Cluster.Invalidations;

/// <summary>What is no longer to be served from the cache.</summary>
/// <param name="IsSoft">Whether it may still be served as stale until it is fetched again.</param>
internal abstract record Invalidation(bool IsSoft)
{
    public sealed record Everything(bool IsSoft = false) : Invalidation(IsSoft);

    /// <summary>All answers of a part.</summary>
    public sealed record Part(string PartId, bool IsSoft = false) : Invalidation(IsSoft);

    /// <summary>The answers of a part to one value of a param.</summary>
    public sealed record ParamValue(string PartId, string Param, string Value, bool IsSoft = false) : Invalidation(IsSoft);

    /// <summary>What an origin put into a cache group of RFC 9875.</summary>
    public sealed record Group(string Origin, string Name, bool IsSoft = false) : Invalidation(IsSoft);

    /// <summary>One answer of a part.</summary>
    /// <param name="Name">The bytes of its key, each as a character.</param>
    public sealed record Key(string PartId, string Name, bool IsSoft = false) : Invalidation(IsSoft);

    /// <summary>What was fetched from a URI.</summary>
    /// <param name="Hash">The hash by which it is known on all nodes.</param>
    public sealed record Uri(uint Hash, bool IsSoft = false) : Invalidation(IsSoft);

    /// <summary>What the proxy stored under paths that a pattern matches.</summary>
    public sealed record Ban(string Pattern, bool IsSoft = false) : Invalidation(IsSoft);
}
