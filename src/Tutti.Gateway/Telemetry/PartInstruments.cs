using System.Diagnostics.Metrics;

namespace Tutti.Gateway.Telemetry;

/// <summary>The counters of parts as instruments that OpenTelemetry reads. Made once, and only where it is on.</summary>
internal sealed class PartInstruments
{
    public PartInstruments(IMeterFactory meters, PartStatsTable table)
    {
        var meter = meters.Create(TuttiMetrics.Name);
        meter.CreateObservableUpDownCounter("tutti.part.active", () => table.All.Select(part =>
            new Measurement<int>(part.Active, new KeyValuePair<string, object?>("tutti.part", part.PartId))), "{call}", "Calls that run now.");
        meter.CreateObservableCounter("tutti.part.outcomes", () => table.All.SelectMany(Outcomes), "{call}", "Ends of calls, by part and outcome.");
    }

    static IEnumerable<Measurement<long>> Outcomes(PartStats part) => Enum.GetValues<PartEvent>()
        .Where(how => part.Total(how) > 0)
        .Select(how => new Measurement<long>(
            part.Total(how), new("tutti.part", part.PartId), new KeyValuePair<string, object?>("tutti.outcome", PartEvents.NameOf(how))));
}
