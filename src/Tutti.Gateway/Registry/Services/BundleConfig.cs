namespace Tutti.Gateway.Registry.Services;

/// <summary>A bundle as stored: the unit that is deployed and signals that it started.</summary>
internal record BundleConfig
{
    /// <summary>The id that its instances get as <c>BUNDLE_ID</c>; made of name and version if empty.</summary>
    public string BundleId { get; set; } = "";

    public required string Name { get; init; }

    public string BundleVersion { get; set; } = "1";

    public string Owner { get; set; } = "";

    /// <summary>What it offers.</summary>
    public IReadOnlyList<EndpointConfig> Endpoints { get; set; } = [];

    /// <summary>How long an instance may take until it signals its start, in milliseconds.</summary>
    public int StartTimeout { get; set; } = 60_000;

    /// <summary>The SHA-256 of the key that signals and heartbeats must carry, in hexadecimal digits; none is asked for if null.</summary>
    public string? KeyHash { get; init; }

    /// <summary>The registry's version at the last change of the bundle, and its ETag; ignored on writing.</summary>
    public long Version { get; init; }
}
