using System.Diagnostics.Metrics;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Resilience;

/// <summary>Circuits and pools as instruments that OpenTelemetry reads. Made once, and only where it is on.</summary>
internal sealed class ResilienceInstruments
{
    public ResilienceInstruments(IMeterFactory meters, ResilienceStates states)
    {
        var meter = meters.Create(TuttiMetrics.Name);
        meter.CreateObservableGauge(
            "tutti.circuit.state",
            () => states.Circuits.Select(circuit => new Measurement<int>((int)circuit.State, Tag("tutti.circuit", circuit.Key))),
            description: "0 closed, 1 open, 2 half-open.");
        meter.CreateObservableUpDownCounter("tutti.pool.active", () => OfPools(pool => pool.Active), "{call}", "Calls that run now.");
        meter.CreateObservableUpDownCounter("tutti.pool.waiting", () => OfPools(pool => pool.Waiting), "{call}", "Calls that wait.");
        meter.CreateObservableUpDownCounter("tutti.pool.size", () => OfPools(pool => pool.Size), "{call}", "How many calls may run at once.");
        meter.CreateObservableCounter("tutti.pool.entered", () => OfPools(pool => pool.Entered), "{call}", "Calls that came in.");

        IEnumerable<Measurement<long>> OfPools(Func<PartPool, long> number) =>
            states.Pools.Select(pool => new Measurement<long>(number(pool), Tag("tutti.pool", pool.Key)));
    }

    static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
