using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Hosting.Metrics;

/// <summary>The metrics of this node for Prometheus, read from the counters that are kept anyway.</summary>
internal sealed class MetricsEndpoint(
    PartStatsTable parts, AggregateMetrics aggregates, ResilienceStates states, PartRegistry registry, CacheMetrics cache, ServiceMetrics services)
{
    public Task HandleAsync(HttpContext context)
    {
        var text = new PrometheusText();
        aggregates.Write(text);
        WriteParts(text, [.. parts.All]);
        WriteResilience(text);
        cache.Write(text);
        services.Write(text);
        text.Single("tutti_registry_version", "gauge", "The registry's version that this node serves.", registry.Current.Version);
        text.Single("tutti_registry_parts", "gauge", "Registered parts.", registry.Current.Parts.Count);
        ProcessMetrics.Write(text);
        context.Response.ContentType = PrometheusText.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }

    static void WriteParts(PrometheusText text, PartStats[] all)
    {
        text.Family("tutti_part_outcomes_total", "counter", "Ends of calls by part and outcome.");
        foreach (var part in all)
        {
            foreach (var what in Enum.GetValues<PartEvent>())
            {
                text.Sample(part.Total(what), ("part", part.PartId), ("outcome", PartEvents.NameOf(what)));
            }
        }

        text.Family("tutti_part_duration_seconds", "histogram", "Time from the pool's door to the last byte.");
        foreach (var part in all)
        {
            text.Histogram(part.Latency, ("part", part.PartId));
        }

        text.Family("tutti_part_active", "gauge", "Calls that run now.");
        foreach (var part in all)
        {
            text.Sample(part.Active, ("part", part.PartId));
        }
    }

    void WriteResilience(PrometheusText text)
    {
        text.Family("tutti_circuit_state", "gauge", "0 closed, 1 open, 2 half-open.");
        foreach (var circuit in states.Circuits)
        {
            text.Sample((int)circuit.State, ("circuit", circuit.Key));
        }

        PartPool[] pools = [.. states.Pools];
        Write("tutti_pool_active", "gauge", "Calls that run now.", pool => pool.Active);
        Write("tutti_pool_size", "gauge", "How many calls may run at once.", pool => pool.Size);
        Write("tutti_pool_waiting", "gauge", "Calls that wait.", pool => pool.Waiting);
        Write("tutti_pool_entered_total", "counter", "Calls that came in.", pool => pool.Entered);

        void Write(string name, string type, string help, Func<PartPool, double> number)
        {
            text.Family(name, type, help);
            foreach (var pool in pools)
            {
                text.Sample(number(pool), ("pool", pool.Key));
            }
        }
    }
}
