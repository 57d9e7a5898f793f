using Tutti.Gateway.Caching.Entries;

namespace Tutti.Gateway.Caching;

/// <summary>The right to fetch an answer that memory does not have, or not fresh.</summary>
/// <param name="Key">The values that tell it from the other answers of the part.</param>
/// <param name="Stale">The stored answer, to be validated; null where there is none, or none that may be.</param>
internal sealed record CacheTicket(CachedPart Part, byte[] Key, CacheEntry? Stale)
{
    /// <summary>Whether the stored answer is served if the backend fails (RFC 5861, 4).</summary>
    public bool MayServeStale { get; init; }

    /// <summary>Whether answers to this key are known not to be shared: nobody waits for another's call.</summary>
    public bool IsAlone { get; init; }

    /// <summary>Whether the client wants what the backend says now: calls that began before it are not joined.</summary>
    public bool IsNew { get; init; }
}
