namespace Tutti.Gateway.Registry;

/// <summary>How the circuit of a part is named and when it opens; null takes the gateway's default.</summary>
internal sealed record CircuitConfig
{
    /// <summary>The unique name of the circuit (Octoparts' command key); the part id if null.</summary>
    public string? Key { get; init; }

    /// <summary>The group under which dashboards show it.</summary>
    public string Group { get; set; } = "default";

    /// <summary>Whether answers of 500 and above count as failures.</summary>
    public bool CountServerErrors { get; init; }

    /// <summary>The share of failures at which it opens, above 0 to 1.</summary>
    public double? FailureRatio { get; init; }

    /// <summary>How many calls it wants to see before it may open.</summary>
    public int? MinimumCalls { get; init; }

    /// <summary>The window over which calls are counted, in milliseconds.</summary>
    public int? Window { get; init; }

    /// <summary>How long it stays open before one trial, in milliseconds.</summary>
    public int? Break { get; init; }
}
