using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Tutti.FunctionalTests.Registry;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Hosting;

/// <summary>Traces and metrics by OTLP, with a receiver at the other end.</summary>
public sealed class OtlpTests
{
    [Fact]
    public async Task Spans_of_an_aggregate_and_its_parts_arrive_within_the_callers_B3_trace()
    {
        await using var collector = await Peer.StartAsync();
        await using var backend = await Peer.StartAsync();
        await using var node = await Node.StartAsync($"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Url}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf");
        await node.SeedAsync(("catalogue", $"{backend.Url}/"));
        const string trace = "463ac35c9f6413ad48485a3953bb6124";

        await node.AggregateAsync("catalogue", ("b3", $"{trace}-0020000000000001-1"));

        await Eventually.TrueAsync(() =>
        {
            node.App.Services.GetRequiredService<TracerProvider>().ForceFlush();
            return collector.Has("/v1/traces", Convert.FromHexString(trace)) && collector.Has("/v1/traces", "aggregate") && collector.Has("/v1/traces", "part");
        });
        collector.Has("/v1/traces", "client.address").ShouldBeTrue();
        collector.Has("/v1/traces", "catalogue").ShouldBeTrue();
        collector.Has("/v1/traces", "tutti").ShouldBeTrue();
        collector.Has("/v1/traces", "warm-up").ShouldBeFalse();
    }

    [Fact]
    public async Task Metrics_of_parts_services_circuits_and_pools_arrive()
    {
        await using var collector = await Peer.StartAsync();
        await using var backend = await Peer.StartAsync();
        await using var node = await Node.StartAsync(
            $"--OTEL_EXPORTER_OTLP_METRICS_ENDPOINT={collector.Url}/v1/metrics", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf");
        await node.SeedAsync(("catalogue", $"{backend.Url}/"));
        await node.AggregateAsync("catalogue");

        await node.SendAsync(HttpMethod.Put, "/admin/api/services/shop", """{"name":"shop"}""");
        (await node.Traffic.GetAsync("/shop", TestContext.Current.CancellationToken)).Dispose();

        string[] names =
        [
            "tutti.part.duration", "tutti.part.outcomes", "tutti.part.active", "tutti.aggregate.duration", "tutti.circuit.state", "tutti.pool.active",
            "tutti.service.duration", "tutti.service.requests", "tutti.service.circuit.state", "tutti.service.pool.active",
        ];
        await Eventually.TrueAsync(() =>
        {
            node.App.Services.GetRequiredService<MeterProvider>().ForceFlush().ShouldBeTrue();
            return names.All(name => collector.Has("/v1/metrics", name));
        });
        collector.Has("/v1/metrics", "warm-up").ShouldBeFalse();
        node.App.Services.GetService<TracerProvider>().ShouldBeNull();
    }
}
