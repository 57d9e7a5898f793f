using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Admin;
using Tutti.Gateway.Registry.Rules;

namespace Tutti.Gateway.Resilience.Admin;

/// <summary>What an operator orders of a circuit.</summary>
internal sealed record CircuitOrder
{
    const int UsualSeconds = 300;
    const int LongestSeconds = 86_400;

    /// <summary><c>open</c>, <c>closed</c>, or <c>auto</c> to let the circuit go its own way again.</summary>
    public string? State { get; init; }

    /// <summary>How long the order lasts, in seconds: 300 unless told otherwise.</summary>
    public long? ForSeconds { get; init; }

    /// <summary>Reads an order from the body of a request.</summary>
    /// <returns>The order, or what is wrong with it.</returns>
    public static async Task<(CircuitOrder? Order, IResult? Problem)> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var json = ResilienceJson.Default.CircuitOrder;
        var read = await JsonBody.ReadEntryAsync(request, json, json, ct);
        if (!read.IsRead)
        {
            return (null, read.Problem);
        }

        Fault[] faults = [.. read.Faults, .. read.Value.Check().Outside(read.Faults)];
        return faults.Length > 0 ? (null, Problems.Invalid("The circuit cannot be forced so.", faults)) : (read.Value, null);
    }

    /// <summary>Does to a circuit what is ordered.</summary>
    public void Apply(PartCircuit circuit) => circuit.Force(Wanted(), Duration());

    public TimeSpan Duration() => TimeSpan.FromSeconds(ForSeconds ?? UsualSeconds);

    /// <summary>The ordered state; null for none.</summary>
    public CircuitState? Wanted() => State switch
    {
        "open" => CircuitState.Open,
        "closed" => CircuitState.Closed,
        _ => null,
    };

    public List<Fault> Check()
    {
        var faults = new List<Fault>();
        if (State is not ("open" or "closed" or "auto"))
        {
            faults.Add(new Fault("state", "Must be open, closed or auto"));
        }

        if (ForSeconds is < 1 or > LongestSeconds)
        {
            faults.Add(new Fault("forSeconds", $"Must be from 1 to {LongestSeconds}"));
        }

        return faults;
    }
}
