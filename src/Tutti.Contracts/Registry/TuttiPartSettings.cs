namespace Tutti.Contracts.Registry;

/// <summary>The settings of a part that Octoparts does not have. Each is left out where it has its default.</summary>
public sealed record TuttiPartSettings
{
    /// <summary>Whether answers of 500 and above count as failures of the circuit; false if absent.</summary>
    public bool? CountServerErrors { get; init; }

    /// <summary>The share of failures, above 0 to 1, at which the circuit opens; the gateway's default if absent.</summary>
    public double? FailureRatio { get; init; }

    /// <summary>How many calls a circuit wants to see before it may open, 1 or more; the gateway's default if absent.</summary>
    public int? MinimumCalls { get; init; }

    /// <summary>The window over which calls are counted, in milliseconds, 1,000 to 600,000; the gateway's default if absent.</summary>
    public int? CircuitWindow { get; init; }

    /// <summary>How long an open circuit stays so before it lets one trial through, in milliseconds; the gateway's default if absent.</summary>
    public int? CircuitBreak { get; init; }

    /// <summary>How often a failed call of an idempotent method is tried again, 0 to 5; 0 if absent.</summary>
    public int? Retries { get; init; }

    /// <summary>The wait before the first retry, doubled each time, in milliseconds; 50 if absent.</summary>
    public int? RetryDelay { get; init; }

    /// <summary>After how long a second call is sent beside an unanswered one, in milliseconds; never if absent.</summary>
    public int? HedgeAfter { get; init; }

    /// <summary>Whether the backend's certificate is checked; true if absent.</summary>
    public bool? VerifyTls { get; init; }

    /// <summary>
    /// The HTTP version: <c>1.1</c>, <c>2</c> (without TLS: by prior knowledge) or <c>auto</c> (2 where TLS negotiates it); auto if absent.
    /// </summary>
    public string? HttpVersion { get; init; }

    /// <summary>How many redirects are followed, to the same host only, 0 to 10; 0 if absent.</summary>
    public int? FollowRedirects { get; init; }

    /// <summary>The largest body, decoded, in bytes; the gateway's default if absent.</summary>
    public long? MaxBodyBytes { get; init; }

    /// <summary>Whether answers of 400 to 499 are stored whose status says nothing of caching; false if absent.</summary>
    public bool? StoreErrors { get; init; }

    /// <summary>Whether answers to methods that change something are stored; false if absent.</summary>
    public bool? StoreUnsafe { get; init; }

    /// <summary>In an export, on its first part only: the pools that no part uses, so that nothing is lost.</summary>
    public IReadOnlyList<ThreadPoolConfig>? UnusedPools { get; init; }

    /// <summary>In an export, on its first part only: the cache groups that neither a part nor a param uses.</summary>
    public IReadOnlyList<CacheGroup>? UnusedCacheGroups { get; init; }
}
