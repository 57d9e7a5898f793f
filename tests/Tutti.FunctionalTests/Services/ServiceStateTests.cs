using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Services;

/// <summary>What operators see of proxied services: counters, circuits, pools; and circuits held open or closed.</summary>
public sealed class ServiceStateTests(SharedGateway shared)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_end_of_a_request_is_counted_under_its_service_and_outcome()
    {
        await using var backend = await Backend.StartAsync(async context =>
        {
            context.Response.StatusCode = context.Request.Path.Value!.EndsWith("/500", StringComparison.Ordinal) ? 500 : 200;
            await context.Response.WriteAsync("hello");
        });
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync(""","retries":0""");
        await GetAsync(world, $"/{service}");
        await world.InstanceAsync(service, backend.Url);
        await GetAsync(world, $"/{service}/1");
        await GetAsync(world, $"/{service}/2");
        await GetAsync(world, $"/{service}/500");
        await GetAsync(world, $"/{service}/a/%2e%2e/x");
        var missing = await world.ServiceAsync(""","retries":0""");
        await world.InstanceAsync(missing, "http://127.0.0.1:1");
        await GetAsync(world, $"/{missing}");

        // The client has the last byte before the request is counted.
        await Eventually.TrueAsync(async () => (await MetricsAsync(world)).Contains($$"""tutti_service_requests_total{service="{{missing}}",outcome="failure"} 1"""));
        var metrics = await MetricsAsync(world);
        foreach (var (outcome, count) in new[] { ("success", 2), ("server_error", 1), ("no_instance", 1), ("bad_request", 1), ("failure", 0) })
        {
            metrics.ShouldContain($$"""tutti_service_requests_total{service="{{service}}",outcome="{{outcome}}"} {{count}}""");
        }

        metrics.ShouldContain($$"""tutti_service_duration_seconds_count{service="{{service}}"} 5""");
        metrics.ShouldContain($$"""tutti_service_pool_entered_total{service="{{service}}"} 4""");
        metrics.ShouldContain($$"""tutti_service_pool_size{service="{{service}}"} 1000""");
        metrics.ShouldContain($$"""tutti_service_circuit_state{service="{{service}}"} 0""");
        metrics.ShouldContain($$"""tutti_service_instances_in{service="{{service}}"} 1""");
    }

    [Fact]
    public async Task A_circuit_is_forced_open_and_released()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, backend.Url);
        var (_, before, _) = await world.SendAsync(HttpMethod.Get, $"service-states/{service}");
        ((string?)before!["circuit"]!["state"]).ShouldBe("closed");
        ((int?)before["pool"]!["size"]).ShouldBe(1000);

        var (status, forced, _) = await world.SendAsync(HttpMethod.Put, $"service-states/{service}/circuit", """{"state":"open","forSeconds":60}""");
        status.ShouldBe(200);
        ((string?)forced!["circuit"]!["state"]).ShouldBe("open");
        ((long?)forced["circuit"]!["forced"]!["remainingMs"]).ShouldNotBeNull().ShouldBeInRange(50_000, 60_000);
        (await GetAsync(world, $"/{service}")).ShouldBe(503);
        backend.Requests.ShouldBeEmpty();

        var (_, released, _) = await world.SendAsync(HttpMethod.Delete, $"service-states/{service}/circuit/force");
        released!["circuit"]!["forced"].ShouldBeNull();
        (await GetAsync(world, $"/{service}")).ShouldBe(200);
    }

    [Fact]
    public async Task A_wrong_order_and_an_unknown_service_are_refused()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        var tcp = await world.ServiceAsync(""","protocol":"tcp" """);

        var (status, problem, _) = await world.SendAsync(HttpMethod.Put, $"service-states/{service}/circuit", """{"state":"ajar"}""");
        status.ShouldBe(400);
        problem!["errors"]!["state"].ShouldNotBeNull();
        (await world.SendAsync(HttpMethod.Put, "service-states/nobody/circuit", """{"state":"open"}""")).Status.ShouldBe(404);
        (await world.SendAsync(HttpMethod.Get, $"service-states/{tcp}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task The_list_is_sorted_and_searched_like_the_others()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var (quiet, busy) = (await world.ServiceAsync(name: Some.Name("listed")), await world.ServiceAsync(name: Some.Name("listed")));
        await world.InstanceAsync(busy, backend.Url);
        await GetAsync(world, $"/{busy}");

        var (_, list, _) = await world.SendAsync(HttpMethod.Get, "service-states?search=listed&sort=-entered");
        list!["items"]!.AsArray().Select(item => (string?)item!["service"]).ShouldBe([busy, quiet]);
        (await world.SendAsync(HttpMethod.Get, "service-states?sort=colour")).Status.ShouldBe(400);
    }

    static async Task<int> GetAsync(ServiceWorld world, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{world.Traffic}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        using var answer = await world.Client.SendAsync(request, Ct);
        return (int)answer.StatusCode;
    }

    static Task<string> MetricsAsync(ServiceWorld world) => world.Gateway.Management.GetStringAsync("/metrics", Ct);
}
