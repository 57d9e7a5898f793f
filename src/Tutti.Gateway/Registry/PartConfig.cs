namespace Tutti.Gateway.Registry;

/// <summary>A part as stored and as the admin API shows it. Durations are whole milliseconds. Nobody changes one after it was made.</summary>
/// <remarks>What has a default has a setter: generated JSON code would overwrite an init-only default where the field is absent.</remarks>
internal record PartConfig
{
    public required string PartId { get; init; }

    public string Owner { get; set; } = "";

    public string? Description { get; init; }

    public string Method { get; set; } = "get";

    /// <summary>The backend's URI, with <c>${name}</c> for the path param of that name.</summary>
    public required string Uri { get; init; }

    public IReadOnlyList<ParamConfig> Params { get; set; } = [];

    /// <summary>The longest that one call takes, waiting for its pool included, in milliseconds.</summary>
    public int Timeout { get; set; } = 5_000;

    /// <summary>The key of the pool that the part shares.</summary>
    public required string Pool { get; init; }

    public CircuitConfig Circuit { get; set; } = new();

    public BackendConfig Backend { get; set; } = new();

    public RetryConfig Retries { get; set; } = new();

    /// <summary>After how long a second call is sent beside an unanswered one, in milliseconds; never if null.</summary>
    public int? HedgeAfter { get; init; }

    /// <summary>Statuses of 400 and above that are no error.</summary>
    public IReadOnlyList<int> AdditionalValidStatuses { get; set; } = [];

    public string? DeprecatedInFavourOf { get; init; }

    /// <summary>How long an answer is kept, in milliseconds; null means 30 days, 0 means never.</summary>
    public long? CacheTtl { get; init; }

    public CacheConfig Cache { get; set; } = new();

    /// <summary>The names of the cache groups by which the part is invalidated.</summary>
    public IReadOnlyList<string> CacheGroups { get; set; } = [];

    public LocalContentsConfig LocalContents { get; set; } = new();

    public AlertConfig Alerts { get; set; } = new();

    /// <summary>The registry's version at the last change of the part, and its ETag; ignored on writing.</summary>
    public long Version { get; init; }
}
