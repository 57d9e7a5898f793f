using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Resilience.Admin;

/// <summary>A circuit of this node as the admin API shows it. Durations are whole milliseconds.</summary>
/// <param name="Part">The id of the part whose circuit it is.</param>
/// <param name="State">The state as calls meet it.</param>
/// <param name="Forced">What an operator ordered, while it lasts.</param>
/// <param name="Calls">How many calls ended within the window.</param>
/// <param name="Failures">How many of them failed.</param>
internal sealed record CircuitView(
    string Key, string Part, CircuitState State, ForcedView? Forced, int Calls, int Failures, CircuitRulesView Rules)
{
    public static CircuitView Of(PartModel part, ResilienceStates states, TimeProvider clock)
    {
        var rules = CircuitRulesView.Of(states.RulesOf(part));
        return states.FindCircuit(part.CircuitKey) is { } circuit
            ? new(circuit.Key, part.Id, circuit.State, ForcedView.Of(circuit.Forced, clock), circuit.Calls, circuit.Failures, rules)
            : new(part.CircuitKey, part.Id, CircuitState.Closed, null, 0, 0, rules);
    }
}
