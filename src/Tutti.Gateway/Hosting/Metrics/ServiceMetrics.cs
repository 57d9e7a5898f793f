using Tutti.Gateway.Locator;
using Tutti.Gateway.Proxy;
using Tutti.Gateway.Proxy.Counting;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Hosting.Metrics;

/// <summary>The metrics of services: their instances, and what was proxied to those that were asked for yet.</summary>
internal sealed class ServiceMetrics(PartRegistry registry, ServiceDirectory directory, ProxyStates states, TimeProvider clock)
{
    public void Write(PrometheusText text)
    {
        LivingProxy[] all = [.. states.All];
        WriteRequests(text, all);
        Family("tutti_service_circuit_state", "gauge", "0 closed, 1 open, 2 half-open.", service => (int)service.Circuit.State);
        Family("tutti_service_pool_active", "gauge", "Requests that run now.", service => service.Pool.Active);
        Family("tutti_service_pool_size", "gauge", "How many requests may run at once.", service => service.Pool.Size);
        Family("tutti_service_pool_waiting", "gauge", "Requests that wait.", service => service.Pool.Waiting);
        Family("tutti_service_pool_entered_total", "counter", "Requests that came in.", service => service.Pool.Entered);
        WriteInstances(text);

        void Family(string name, string type, string help, Func<LivingProxy, double> number)
        {
            text.Family(name, type, help);
            foreach (var service in all)
            {
                text.Sample(number(service), ("service", service.Name));
            }
        }
    }

    static void WriteRequests(PrometheusText text, LivingProxy[] all)
    {
        text.Family("tutti_service_requests_total", "counter", "Ends of proxied requests by service and outcome.");
        foreach (var service in all)
        {
            foreach (var end in Enum.GetValues<ProxyEnd>())
            {
                text.Sample(service.Stats.Total(end), ("service", service.Name), ("outcome", ProxyEnds.NameOf(end)));
            }
        }

        text.Family("tutti_service_duration_seconds", "histogram", "Time from the request's head to the last byte of its answer.");
        foreach (var service in all)
        {
            text.Histogram(service.Stats.Latency, ("service", service.Name));
        }
    }

    void WriteInstances(PrometheusText text)
    {
        var now = clock.GetTimestamp();
        var services = registry.Current.Services.Services.Values;
        text.Family("tutti_service_instances", "gauge", "Known instances.");
        foreach (var service in services)
        {
            text.Sample(directory.Of(service).Instances.Length, ("service", service.Name));
        }

        text.Family("tutti_service_instances_in", "gauge", "Instances that are told and asked.");
        foreach (var service in services)
        {
            text.Sample(directory.Of(service).Instances.Count(instance => instance.IsIn(now)), ("service", service.Name));
        }
    }
}
