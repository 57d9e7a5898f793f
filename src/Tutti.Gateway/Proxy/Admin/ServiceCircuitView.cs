using Tutti.Gateway.Resilience;
using Tutti.Gateway.Resilience.Admin;

namespace Tutti.Gateway.Proxy.Admin;

/// <summary>The circuit of a service on this node. Durations are whole milliseconds.</summary>
/// <param name="Forced">What an operator ordered, while it lasts.</param>
/// <param name="Calls">How many requests ended within the window.</param>
/// <param name="Failures">How many of them failed.</param>
internal sealed record ServiceCircuitView(CircuitState State, ForcedView? Forced, int Calls, int Failures, CircuitRulesView Rules)
{
    public static ServiceCircuitView Of(PartCircuit? circuit, CircuitRules rules, TimeProvider clock) => circuit is null
        ? new(CircuitState.Closed, null, 0, 0, CircuitRulesView.Of(rules))
        : new(circuit.State, ForcedView.Of(circuit.Forced, clock), circuit.Calls, circuit.Failures, CircuitRulesView.Of(rules));
}
