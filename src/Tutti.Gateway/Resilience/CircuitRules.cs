using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Resilience;

/// <summary>When one circuit opens and tries again: the part's own settings over the gateway's.</summary>
internal sealed record CircuitRules(double FailureRatio, int MinimumCalls, TimeSpan Window, TimeSpan Break)
{
    public static CircuitRules Of(CircuitConfig part, CircuitOptions defaults) => new(
        part.FailureRatio ?? defaults.FailureRatio,
        part.MinimumCalls ?? defaults.MinimumCalls,
        TimeSpan.FromMilliseconds(part.Window ?? defaults.WindowMs),
        TimeSpan.FromMilliseconds(part.Break ?? defaults.BreakMs));
}
