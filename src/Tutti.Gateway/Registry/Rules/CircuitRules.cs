namespace Tutti.Gateway.Registry.Rules;

/// <summary>A circuit has a key of its own and sensible thresholds.</summary>
internal static class CircuitRules
{
    public static void Check(PartConfig part, RegistryFacts facts, List<Fault> faults)
    {
        var circuit = part.Circuit;
        var key = circuit.Key ?? part.PartId;
        if (circuit.Key is not null)
        {
            faults.RequireName(circuit.Key, "circuit.key");
        }

        var other = facts.PartsByCircuit[key].FirstOrDefault(id => id != part.PartId);
        faults.Require(other is null, "circuit.key", $"The circuit key '{key}' is in use by part '{other}'");
        faults.RequireText(circuit.Group, TextRules.Short, "circuit.group");
        faults.Require(circuit.FailureRatio is null or (> 0 and <= 1), "circuit.failureRatio", "Must be above 0 and at most 1");
        faults.RequireRange(circuit.MinimumCalls, 1, int.MaxValue, "circuit.minimumCalls");
        faults.RequireRange(circuit.Window, 1_000, 600_000, "circuit.window");
        faults.RequireRange(circuit.Break, 1, int.MaxValue, "circuit.break");
    }
}
