using System.Diagnostics.Metrics;

namespace Tutti.Gateway.Telemetry;

/// <summary>
/// Counts ends of calls and aggregates, and records them for OpenTelemetry while somebody listens; <c>/metrics</c> reads
/// <see cref="PartStats"/> and <see cref="AggregateStats"/> instead, which costs a fraction.
/// </summary>
internal sealed class TuttiMetrics : IDisposable
{
    /// <summary>The name under which OpenTelemetry subscribes.</summary>
    public const string Name = "Tutti";

    /// <summary>The measurements whose exemplars tell what a request belonged to.</summary>
    public const string Aggregates = "tutti.aggregate.duration";

    /// <summary>The only tag that makes a series of its own.</summary>
    public const string StatusTag = "http.response.status_code";

    readonly Meter _meter;
    readonly AggregateStats _stats;
    readonly Histogram<double> _parts;
    readonly Histogram<double> _aggregates;
    readonly Histogram<double> _services;

    public TuttiMetrics(IMeterFactory meters, AggregateStats stats)
        : this(meters.Create(Name), stats)
    {
    }

    TuttiMetrics(Meter meter, AggregateStats stats)
    {
        _meter = meter;
        _stats = stats;
        _parts = meter.CreateHistogram<double>("tutti.part.duration", "s", "Calls of parts, by part and outcome.");
        _aggregates = meter.CreateHistogram<double>(Aggregates, "s", "Aggregate requests.");
        _services = meter.CreateHistogram<double>("tutti.service.duration", "s", "Proxied requests, by service and outcome.");
    }

    /// <summary>Instruments that nobody hears, for calls that are nobody's.</summary>
    public static TuttiMetrics Unheard() => new(new Meter("Tutti.Unheard"), new AggregateStats());

    public void PartEnded(string partId, PartEvent how, TimeSpan elapsed)
    {
        if (_parts.Enabled)
        {
            _parts.Record(elapsed.TotalSeconds, new("tutti.part", partId), new("tutti.outcome", PartEvents.NameOf(how)));
        }
    }

    public void ServiceEnded(string service, string outcome, TimeSpan elapsed)
    {
        if (_services.Enabled)
        {
            _services.Record(elapsed.TotalSeconds, new("tutti.service", service), new("tutti.outcome", outcome));
        }
    }

    /// <param name="headers">Of the request; what it says that it belongs to stands beside the measurement.</param>
    public void AggregateEnded(int status, TimeSpan elapsed, IHeaderDictionary headers)
    {
        _stats.Ended(status, elapsed);
        if (_aggregates.Enabled)
        {
            var code = new KeyValuePair<string, object?>(StatusTag, status);
            if (MetadataField.Of(headers) is { } metadata)
            {
                _aggregates.Record(elapsed.TotalSeconds, code, new(MetadataField.Tag, metadata));
            }
            else
            {
                _aggregates.Record(elapsed.TotalSeconds, code);
            }
        }
    }

    public void Dispose() => _meter.Dispose();
}
