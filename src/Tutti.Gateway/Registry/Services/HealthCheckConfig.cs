namespace Tutti.Gateway.Registry.Services;

/// <summary>How an instance is probed. Durations are milliseconds.</summary>
internal sealed record HealthCheckConfig
{
    /// <summary>What is asked for of an HTTP instance; a TCP instance is only connected to.</summary>
    public string Path { get; set; } = "/";

    public int Interval { get; set; } = 10_000;

    public int Timeout { get; set; } = 2_000;

    /// <summary>How many probes must fail in a row before the instance leaves.</summary>
    public int FailAfter { get; set; } = 2;

    /// <summary>How many probes must go well in a row before it comes back.</summary>
    public int PassAfter { get; set; } = 1;
}
