using Tutti.Gateway.Aggregation;
using Tutti.Gateway.Caching;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Hosting.Metrics;

/// <summary>The metrics of aggregates.</summary>
internal sealed class AggregateMetrics(AggregateStats aggregates, AggregateGate gate, LateCalls late)
{
    public void Write(PrometheusText text)
    {
        text.Family("tutti_aggregates_total", "counter", "Aggregates by status; 499 where the caller left.");
        foreach (var (status, count) in aggregates.Totals())
        {
            text.Sample(count, ("status", FormattableString.Invariant($"{status}")));
        }

        text.Family("tutti_aggregate_duration_seconds", "histogram", "Time of aggregates.").Histogram(aggregates.Latency);
        text.Single("tutti_aggregates_running", "gauge", "Aggregates and single parts that run now.", gate.Running);
        text.Single("tutti_late_calls", "gauge", "Calls that run on to fill the cache when nobody waits for them any more.", late.Running);
    }
}
