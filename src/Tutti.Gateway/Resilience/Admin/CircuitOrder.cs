using Tutti.Gateway.Registry;

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
