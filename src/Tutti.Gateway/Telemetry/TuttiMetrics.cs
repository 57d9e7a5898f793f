using System.Diagnostics.Metrics;

namespace Tutti.Gateway.Telemetry;

/// <summary>
/// The instruments that OpenTelemetry exports. They are recorded only while somebody listens; <c>/metrics</c> reads
/// <see cref="PartStats"/> instead, which costs a fraction.
/// </summary>
internal sealed class TuttiMetrics : IDisposable
{
    /// <summary>The name under which OpenTelemetry subscribes.</summary>
    public const string Name = "Tutti";

    readonly Meter _meter;
    readonly Histogram<double> _parts;
    readonly Histogram<double> _aggregates;

    public TuttiMetrics(IMeterFactory meters, PartStatsTable table)
    {
        _meter = meters.Create(Name);
        _parts = _meter.CreateHistogram<double>("tutti.part.duration", "s", "Calls of parts, by part and outcome.");
        _aggregates = _meter.CreateHistogram<double>("tutti.aggregate.duration", "s", "Aggregate requests.");
        _meter.CreateObservableUpDownCounter("tutti.part.active", () => table.All.Select(part =>
            new Measurement<int>(part.Active, new KeyValuePair<string, object?>("tutti.part", part.PartId))), "{call}", "Calls that run now.");
    }

    public void PartEnded(string partId, PartEvent how, TimeSpan elapsed)
    {
        if (_parts.Enabled)
        {
            _parts.Record(elapsed.TotalSeconds, new("tutti.part", partId), new("tutti.outcome", PartEvents.NameOf(how)));
        }
    }

    public void AggregateEnded(int status, TimeSpan elapsed)
    {
        if (_aggregates.Enabled)
        {
            _aggregates.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("http.response.status_code", status));
        }
    }

    public void Dispose() => _meter.Dispose();
}
