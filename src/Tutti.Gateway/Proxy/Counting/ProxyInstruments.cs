using System.Diagnostics.Metrics;
using Tutti.Gateway.Resilience;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Proxy.Counting;

/// <summary>What is counted of services, their circuits and pools as instruments that OpenTelemetry reads. Made once, and only where it is on.</summary>
internal sealed class ProxyInstruments
{
    public ProxyInstruments(IMeterFactory meters, ProxyStates states)
    {
        var meter = meters.Create(TuttiMetrics.Name);
        meter.CreateObservableCounter("tutti.service.requests", () => states.All.SelectMany(Ends), "{request}", "Ends of proxied requests, by service and outcome.");
        meter.CreateObservableGauge(
            "tutti.service.circuit.state", () => states.All.Select(service => new Measurement<int>((int)service.Circuit.State, Tag(service))), description: "0 closed, 1 open, 2 half-open.");
        meter.CreateObservableUpDownCounter("tutti.service.pool.active", () => OfPools(pool => pool.Active), "{request}", "Requests that run now.");
        meter.CreateObservableUpDownCounter("tutti.service.pool.waiting", () => OfPools(pool => pool.Waiting), "{request}", "Requests that wait.");
        meter.CreateObservableUpDownCounter("tutti.service.pool.size", () => OfPools(pool => pool.Size), "{request}", "How many requests may run at once.");
        meter.CreateObservableCounter("tutti.service.pool.entered", () => OfPools(pool => pool.Entered), "{request}", "Requests that came in.");

        IEnumerable<Measurement<long>> OfPools(Func<PartPool, long> number) =>
            states.All.Select(service => new Measurement<long>(number(service.Pool), Tag(service)));
    }

    static IEnumerable<Measurement<long>> Ends(LivingProxy service) => Enum.GetValues<ProxyEnd>()
        .Where(end => service.Stats.Total(end) > 0)
        .Select(end => new Measurement<long>(service.Stats.Total(end), Tag(service), new KeyValuePair<string, object?>("tutti.outcome", ProxyEnds.NameOf(end))));

    static KeyValuePair<string, object?> Tag(LivingProxy service) => new("tutti.service", service.Name);
}
