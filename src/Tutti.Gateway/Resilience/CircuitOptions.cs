using System.ComponentModel.DataAnnotations;

namespace Tutti.Gateway.Resilience;

/// <summary>When circuits open and try again, unless a part says otherwise: section <c>Tutti:Circuits</c>. The defaults are Hystrix's.</summary>
internal sealed class CircuitOptions
{
    /// <summary>The share of failures at which a circuit opens, above 0 to 1.</summary>
    [Range(0.01, 1)]
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>How many calls a circuit wants to see within its window before it may open.</summary>
    [Range(1, 1_000_000)]
    public int MinimumCalls { get; set; } = 20;

    /// <summary>The window over which calls are counted, in milliseconds.</summary>
    [Range(1_000, 600_000)]
    public int WindowMs { get; set; } = 10_000;

    /// <summary>How long a circuit stays open before it lets one trial through, in milliseconds.</summary>
    [Range(100, 600_000)]
    public int BreakMs { get; set; } = 5_000;
}
