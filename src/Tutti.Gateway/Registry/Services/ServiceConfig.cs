namespace Tutti.Gateway.Registry.Services;

/// <summary>A service as stored and as the admin API shows it. Durations are whole milliseconds. Nobody changes one after it was made.</summary>
internal record ServiceConfig
{
    /// <summary>Its name, which is the first segment of a look-up.</summary>
    public required string Name { get; init; }

    public string Owner { get; set; } = "";

    public string? Description { get; init; }

    /// <summary><c>http</c>, <c>tcp</c> or <c>udp</c>.</summary>
    public string Protocol { get; set; } = ServiceProtocols.Http;

    /// <summary>What a look-up answers: <c>proxy</c>, the gateway's own address, or <c>instance</c>, that of a started instance; the gateway's default if null.</summary>
    public string? Locate { get; init; }

    /// <summary>The public path prefix under which it is proxied.</summary>
    public RouteConfig Route { get; set; } = new();

    /// <summary>Further requests that are proxied to it.</summary>
    public IReadOnlyList<PathRuleConfig> Rules { get; set; } = [];

    /// <summary>Where its instances are found beside those that are registered; nowhere if null.</summary>
    public SourceConfig? Source { get; init; }

    /// <summary>Whether the bodies of its requests must be JSON: <c>off</c>, <c>checked</c> or <c>required</c>; the gateway's default if null.</summary>
    public string? Json { get; init; }

    public ServiceBackendConfig Backend { get; set; } = new();

    public ServiceCacheConfig Cache { get; set; } = new();

    public ServiceTimeouts Timeouts { get; set; } = new();

    public BalanceConfig Balance { get; set; } = new();

    /// <summary>How instances are probed; not at all if null.</summary>
    public HealthCheckConfig? HealthCheck { get; init; }

    public EvictionConfig Eviction { get; set; } = new();

    /// <summary>How often a request that may be sent twice is tried on another instance, 0 to 5.</summary>
    public int Retries { get; set; } = 1;

    public ServiceCircuitConfig Circuit { get; set; } = new();

    public ServicePoolConfig Pool { get; set; } = new();

    /// <summary>The registry's version at the last change of the service, and its ETag; ignored on writing.</summary>
    public long Version { get; init; }
}
