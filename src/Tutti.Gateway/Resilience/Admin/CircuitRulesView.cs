namespace Tutti.Gateway.Resilience.Admin;

/// <summary>When a circuit opens and tries again, in the words of a part's own settings.</summary>
internal sealed record CircuitRulesView(double FailureRatio, int MinimumCalls, long Window, long Break)
{
    public static CircuitRulesView Of(CircuitRules rules) =>
        new(rules.FailureRatio, rules.MinimumCalls, (long)rules.Window.TotalMilliseconds, (long)rules.Break.TotalMilliseconds);
}
