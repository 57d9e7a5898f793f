namespace Tutti.Gateway.Registry.Services;

/// <summary>When the circuit of a service opens; null takes the gateway's default.</summary>
internal sealed record ServiceCircuitConfig
{
    /// <summary>The share of failures at which it opens, above 0 to 1.</summary>
    public double? FailureRatio { get; init; }

    /// <summary>How many requests it wants to see before it may open.</summary>
    public int? MinimumCalls { get; init; }

    /// <summary>The window over which requests are counted, in milliseconds.</summary>
    public int? Window { get; init; }

    /// <summary>How long it stays open before one trial, in milliseconds.</summary>
    public int? Break { get; init; }
}
