namespace Tutti.Contracts.Registry;

/// <summary>
/// A registered part as Octoparts lists, exports and imports it (<c>/octoparts/2/list</c>, <c>exported-parts.json</c>).
/// Durations are whole milliseconds.
/// </summary>
public sealed record HttpPartConfig
{
    /// <summary>The part's unique id.</summary>
    public required string PartId { get; init; }

    /// <summary>Who looks after it.</summary>
    public required string Owner { get; init; }

    /// <summary>The backend's URI; <c>${name}</c> stands for the path param of that output name.</summary>
    public required string UriToInterpolate { get; init; }

    /// <summary>What it answers, for people.</summary>
    public string? Description { get; init; }

    /// <summary>The HTTP method in lower case: get, post, put, delete, head, patch or options.</summary>
    public required string Method { get; init; }

    /// <summary>Timeout, pool, circuit and fallback.</summary>
    public required HystrixConfig HystrixConfig { get; init; }

    /// <summary>Statuses of 400 and above that are no error.</summary>
    public required IReadOnlyList<int> AdditionalValidStatuses { get; init; }

    /// <summary>The most connections that are open to the backend at once, 1 or more.</summary>
    public required int HttpPoolSize { get; init; }

    /// <summary>The longest wait for a connection, in milliseconds.</summary>
    public required int HttpConnectionTimeout { get; init; }

    /// <summary>The longest silence between two packets, in milliseconds.</summary>
    public required int HttpSocketTimeout { get; init; }

    /// <summary>The charset of bodies that declare none.</summary>
    public required string HttpDefaultEncoding { get; init; }

    /// <summary>The forward proxy, <c>[scheme://]host[:port]</c>.</summary>
    public string? HttpProxy { get; init; }

    /// <summary>The declared params.</summary>
    public required IReadOnlyList<PartParam> Parameters { get; init; }

    /// <summary>The part to use instead; its mention adds a warning to each answer.</summary>
    public string? DeprecatedInFavourOf { get; init; }

    /// <summary>The cache groups by which the part is invalidated.</summary>
    public required IReadOnlyList<CacheGroup> CacheGroups { get; init; }

    /// <summary>The longest that an answer is kept, in milliseconds; absent means 30 days, 0 means never.</summary>
    public long? CacheTtl { get; init; }

    /// <summary>Stored for an alert mailer; no mail is sent.</summary>
    public required AlertMailSettings AlertMailSettings { get; init; }

    /// <summary>Always answer with <see cref="LocalContents"/> and never call the backend.</summary>
    public required bool LocalContentsEnabled { get; init; }

    /// <summary>The contents that stand in for the backend.</summary>
    public string? LocalContents { get; init; }

    /// <summary>Settings that Octoparts does not know; left out where all have their defaults.</summary>
    public TuttiPartSettings? Tutti { get; init; }
}
