using Tutti.Gateway.ProxyCache.Entries;

namespace Tutti.Gateway.ProxyCache.Fetching;

/// <summary>What is to be fetched, and why.</summary>
internal sealed record FetchOrder
{
    /// <summary>Those who wait for it; null where nobody does.</summary>
    public SharedFetch? Fetch { get; init; }

    /// <summary>The stored answer that the service is asked to confirm; null where it is asked for an answer.</summary>
    public StoredAnswer? Asked { get; init; }

    /// <summary>The stored answer that may stand in for a failure, where it cannot be confirmed.</summary>
    public StoredAnswer? Stale { get; init; }

    /// <summary>Whether the stored answer is used if the service fails (RFC 5861, 4).</summary>
    public bool MayServeStale { get; init; }

    /// <summary>The number of the last invalidation when it began.</summary>
    public required long Sequence { get; init; }

    /// <summary>Why it goes to the service, as <c>Cache-Status</c> says it.</summary>
    public required string Told { get; init; }
}
