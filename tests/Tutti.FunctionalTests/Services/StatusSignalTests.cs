using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Services;

/// <summary>A bundle's signal brings its instance in, and whatever ends takes it out.</summary>
public sealed class StatusSignalTests(SharedGateway shared)
{
    [Fact]
    public async Task Only_after_its_signal_is_an_instance_located()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        var bundle = await world.BundleAsync(service);
        await world.InstanceOfAsync(bundle, service, "http://127.0.0.1:1");
        (await world.LookUpAsync($"/{service}")).Status.ShouldBe(404);

        (await world.SignalAsync(bundle)).ShouldBe(204);
        (await world.LookUpAsync($"/{service}")).Status.ShouldBe(307);
        (await world.SignalAsync(bundle)).ShouldBe(204);
        (await world.SignalAsync(bundle)).ShouldBe(204);
    }

    [Theory]
    [InlineData("PUT", "?isStarted=false", 400)]
    [InlineData("PUT", "?isStarted=TRUE", 400)]
    [InlineData("PUT", "?isStarted=", 400)]
    [InlineData("PUT", "", 400)]
    [InlineData("PUT", "?isStarted=true&isStarted=true", 400)]
    [InlineData("POST", "?isStarted=true", 405)]
    [InlineData("GET", "?isStarted=true", 405)]
    [InlineData("DELETE", "?isStarted=true", 405)]
    public async Task Anything_but_the_signal_is_refused(string method, string query, int status)
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        var bundle = await world.BundleAsync(service);
        await world.InstanceOfAsync(bundle, service, "http://127.0.0.1:1");

        (await world.SignalAsync(HttpMethod.Parse(method), $"/bundles/{bundle}{query}")).ShouldBe(status);
        (await world.LookUpAsync($"/{service}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task An_unknown_bundle_is_404_and_the_door_is_not_on_the_traffic_port()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        var bundle = await world.BundleAsync(service);

        (await world.SignalAsync("nobody")).ShouldBe(404);
        (await world.Client.PutAsync($"/bundles/{bundle}?isStarted=true", null)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_signal_before_the_registration_counts_for_the_next_instance()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        var bundle = await world.BundleAsync(service);
        (await world.SignalAsync(bundle)).ShouldBe(204);

        await world.InstanceOfAsync(bundle, service, "http://127.0.0.1:1");
        await Eventually.TrueAsync(async () => (await world.LookUpAsync($"/{service}")).Status == 307);

        var other = await world.InstanceOfAsync(bundle, service, "http://127.0.0.1:2");
        (await StateOfAsync(world, other)).ShouldBe("starting");
    }

    [Fact]
    public async Task A_start_that_is_not_signalled_in_time_is_late_and_welcome_all_the_same()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        var bundle = await world.BundleAsync(service, ""","startTimeout":1""");
        var id = await world.InstanceOfAsync(bundle, service, "http://127.0.0.1:1");

        await Eventually.TrueAsync(async () => await StateOfAsync(world, id) == "late");
        (await world.SignalAsync(bundle)).ShouldBe(204);
        (await StateOfAsync(world, id)).ShouldBe("in");
    }

    [Fact]
    public async Task Each_signal_brings_one_more_instance_in()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        var bundle = await world.BundleAsync(service);
        string[] ids = [await world.InstanceOfAsync(bundle, service, "http://10.0.0.1:1"), await world.InstanceOfAsync(bundle, service, "http://127.0.0.1:2"), await world.InstanceOfAsync(bundle, service, "http://127.0.0.1:3")];

        await world.SignalAsync(bundle);
        (await Task.WhenAll(ids.Select(id => StateOfAsync(world, id)))).ShouldBe(["starting", "in", "starting"]);
        await world.SignalAsync(bundle);
        (await Task.WhenAll(ids.Select(id => StateOfAsync(world, id)))).ShouldBe(["starting", "in", "in"]);
        await world.SignalAsync(HttpMethod.Put, $"/instances/{ids[0]}/bundles/{bundle}?isStarted=true");
        (await Task.WhenAll(ids.Select(id => StateOfAsync(world, id)))).ShouldBe(["in", "in", "in"]);
    }

    [Fact]
    public async Task A_signal_said_again_keeps_its_own_instance_and_no_dead_neighbour()
    {
        await using var alive = await Backend.StartAsync();
        var dead = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        var bundle = await world.BundleAsync(service);
        var second = await world.InstanceOfAsync(bundle, service, dead.Url, ""","lease":1000""");
        var first = await world.InstanceOfAsync(bundle, service, alive.Url, ""","lease":1000""");
        await world.SignalAsync(bundle);
        await world.SignalAsync(bundle);
        (await Task.WhenAll(StateOfAsync(world, first), StateOfAsync(world, second))).ShouldBe(["in", "in"]);

        await dead.DisposeAsync();
        var lapsed = 0;
        for (var i = 0; i < 15; i++)
        {
            await Task.Delay(200, TestContext.Current.CancellationToken);
            (await world.SignalAsync(bundle)).ShouldBe(204);
            (await StateOfAsync(world, first)).ShouldBe("in");
            lapsed += await StateOfAsync(world, second) == "lapsed" ? 1 : 0;
        }

        lapsed.ShouldBeGreaterThan(5);
        (await StateOfAsync(world, second)).ShouldBe("lapsed");
    }

    [Fact]
    public async Task A_process_at_another_address_must_signal_again()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        var bundle = await world.BundleAsync(service);
        var id = await world.InstanceOfAsync(bundle, service, "http://127.0.0.1:1");
        await world.SignalAsync(bundle);

        await world.PutAsync($"instances/{id}", $$"""{"instanceId":"{{id}}","bundle":"{{bundle}}","weight":2,"addresses":[{"service":"{{service}}","address":"http://127.0.0.1:1"}]}""", "*");
        (await world.LookUpAsync($"/{service}")).Status.ShouldBe(307);

        await world.PutAsync($"instances/{id}", $$"""{"instanceId":"{{id}}","bundle":"{{bundle}}","addresses":[{"service":"{{service}}","address":"http://127.0.0.1:2"}]}""", "*");
        (await world.LookUpAsync($"/{service}")).Status.ShouldBe(404);
        await world.SignalAsync(bundle);
        (await world.LookUpAsync($"/{service}")).Status.ShouldBe(307);
    }

    [Fact]
    public async Task Threat_57_Without_heartbeats_an_instance_leaves_when_its_lease_ends_and_not_before()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        var clock = TimeProvider.System;
        var id = await world.InstanceAsync(service, "http://127.0.0.1:1", ""","lease":1000""");
        await Task.Delay(600, TestContext.Current.CancellationToken);
        (await BeatAsync(world, id)).ShouldBe(204);
        var renewed = clock.GetTimestamp();

        (int Status, string? Location, int? MaxAge) found;
        TimeSpan at;
        do
        {
            at = clock.GetElapsedTime(renewed);
            found = await world.LookUpAsync($"/{service}");
            (found.MaxAge ?? 0).ShouldBe(0);
        }
        while (found.Status == 307);
        at.TotalMilliseconds.ShouldBeInRange(900, 2_000);

        (await BeatAsync(world, id)).ShouldBe(204);
        (await world.LookUpAsync($"/{service}")).Status.ShouldBe(307);
    }

    [Theory]
    [InlineData(3_600)]
    [InlineData(-7_200)]
    public async Task Threat_57_A_clock_that_is_set_ends_no_lease_and_lengthens_none(int seconds)
    {
        var clock = new SteppedClock();
        await using var world = await ServiceWorld.StartAsync(clock);
        var service = await world.ServiceAsync();
        var id = await world.InstanceAsync(service, "http://127.0.0.1:1", ""","lease":2000""");
        (await BeatAsync(world, id)).ShouldBe(204);
        var renewed = clock.GetTimestamp();
        clock.Step(TimeSpan.FromSeconds(seconds));

        (int Status, string? Location, int? MaxAge) found;
        TimeSpan at;
        do
        {
            at = clock.GetElapsedTime(renewed);
            found = await world.LookUpAsync($"/{service}");
            (found.MaxAge ?? 0).ShouldBeInRange(0, 2);
        }
        while (found.Status == 307);
        at.TotalMilliseconds.ShouldBeInRange(1_900, 4_000);
        (await BeatAsync(world, id)).ShouldBe(204);
        (await world.LookUpAsync($"/{service}")).Status.ShouldBe(307);
    }

    [Fact]
    public async Task Threat_56_Only_who_has_the_key_of_a_bundle_speaks_for_it()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        var hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("s3cret-of-the-bundle"u8));
        var bundle = await world.BundleAsync(service, $$""","keyHash":"{{hash}}" """);
        var id = await world.InstanceOfAsync(bundle, service, "http://127.0.0.1:1");

        (await world.SignalAsync(bundle)).ShouldBe(401);
        (await world.SignalAsync(HttpMethod.Put, $"/keys/wrong/bundles/{bundle}?isStarted=true")).ShouldBe(401);
        (await BeatAsync(world, id)).ShouldBe(401);
        (await world.LookUpAsync($"/{service}")).Status.ShouldBe(404);

        (await world.SignalAsync(HttpMethod.Put, $"/keys/s3cret-of-the-bundle/bundles/{bundle}?isStarted=true")).ShouldBe(204);
        (await BeatAsync(world, id, "s3cret-of-the-bundle")).ShouldBe(204);
        (await world.LookUpAsync($"/{service}")).Status.ShouldBe(307);
    }

    [Fact]
    public async Task Threat_56_A_bundle_cannot_take_the_service_of_another()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        var bundle = await world.BundleAsync(service);
        var other = await world.ServiceAsync();
        var thief = await world.BundleAsync(other);

        var (status, body, _) = await world.SendAsync(
            HttpMethod.Put, "bundles/thief", $$"""{"bundleId":"thief","name":"thief","endpoints":[{"name":"web","service":"{{service}}"}]}""");
        status.ShouldBe(400);
        body!["errors"]!["endpoints[0].service"]![0]!.GetValue<string>().ShouldBe($"The service '{service}' is offered by bundle '{bundle}'");

        (status, _, _) = await world.SendAsync(
            HttpMethod.Put, "instances/thief", $$"""{"instanceId":"thief","bundle":"{{thief}}","addresses":[{"service":"{{service}}","address":"http://127.0.0.1:1"}]}""");
        status.ShouldBe(400);
        (status, _, _) = await world.SendAsync(
            HttpMethod.Put, "instances/thief", $$"""{"instanceId":"thief","addresses":[{"service":"{{service}}","address":"http://127.0.0.1:1"}]}""");
        status.ShouldBe(400);
    }

    static async Task<int> BeatAsync(ServiceWorld world, string instance, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/admin/api/instances/{instance}/heartbeat");
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        }

        using var answer = await world.Gateway.Management.SendAsync(request);
        return (int)answer.StatusCode;
    }

    static async Task<string> StateOfAsync(ServiceWorld world, string instance) =>
        (await world.SendAsync(HttpMethod.Get, $"instance-states?search={instance}")).Body!["items"]!.AsArray().Single(item => item!["instance"]!.GetValue<string>() == instance)!["state"]!.GetValue<string>();
}
