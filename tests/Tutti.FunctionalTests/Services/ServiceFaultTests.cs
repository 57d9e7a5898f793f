using System.Collections.Concurrent;
using System.Net;
using Tutti.FunctionalTests.Registry;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Editing;
using Tutti.Gateway.Registry.Services;
using Tutti.Gateway.Registry.Store;
using Eventually = Tutti.FunctionalTests.Support.Eventually;
using Some = Tutti.Tests.Some;

namespace Tutti.FunctionalTests.Services;

/// <summary>Gateways and instances die, come back and multiply; what was acknowledged holds.</summary>
public sealed class ServiceFaultTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_gateway_that_comes_back_knows_who_had_started_and_whose_lease_had_ended()
    {
        using var database = TestDatabase.Sqlite();
        string service, lapsing, bundle;
        await using (var world = await StartAsync(database))
        {
            service = await world.ServiceAsync();
            bundle = await world.BundleAsync(service);
            await world.InstanceOfAsync(bundle, service, "http://127.0.0.1:1", ""","lease":60000""");
            (await world.SignalAsync(bundle)).ShouldBe(204);
            lapsing = await world.ServiceAsync();
            await world.InstanceAsync(lapsing, "http://127.0.0.1:2", ""","lease":1000""");
            await Task.Delay(1_100, Ct);
        }

        await using var again = await StartAsync(database);
        var found = await again.LookUpAsync($"/{service}");
        found.Status.ShouldBe(307);
        found.MaxAge!.Value.ShouldBeInRange(1, 59);
        (await again.LookUpAsync($"/{lapsing}")).Status.ShouldBe(404);
        (await again.SignalAsync(bundle)).ShouldBe(204);
    }

    [Fact]
    public async Task Two_gateways_agree_and_one_goes_on_alone()
    {
        using var database = await TestDatabase.PostgresAsync();
        await using var one = await StartAsync(database);
        string service, bundle;
        await using (var two = await StartAsync(database))
        {
            service = await one.ServiceAsync(""","locate":"instance" """);
            bundle = await one.BundleAsync(service);
            var id = await one.InstanceOfAsync(bundle, service, "http://127.0.0.1:1", ""","lease":3000""");
            (await two.SignalAsync(bundle)).ShouldBe(204);
            (await two.LookUpAsync($"/{service}")).Status.ShouldBe(307);
            await Eventually.TrueAsync(async () => (await one.LookUpAsync($"/{service}")).Status == 307);

            // Another process at another port: both forget the old one, and both learn of the new one's start.
            await one.PutAsync(
                $"instances/{id}", $$"""{"instanceId":"{{id}}","bundle":"{{bundle}}","lease":3000,"addresses":[{"service":"{{service}}","address":"http://127.0.0.1:2"}]}""", "*");
            (await one.LookUpAsync($"/{service}")).Status.ShouldBe(404);
            (await one.SignalAsync(bundle)).ShouldBe(204);
            await Eventually.TrueAsync(async () => (await two.LookUpAsync($"/{service}")).Location == "http://127.0.0.1:2/");
        }

        (await one.SignalAsync(bundle)).ShouldBe(204);
        (await one.LookUpAsync($"/{service}")).Status.ShouldBe(307);
        await Eventually.TrueAsync(async () => (await one.LookUpAsync($"/{service}")).Status == 404);
        await using var back = await StartAsync(database);
        (await back.LookUpAsync($"/{service}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Threat_64_A_rolling_restart_under_load_loses_no_request_that_may_be_repeated()
    {
        await using var world = await ServiceWorld.StartAsync();
        var service = await world.ServiceAsync(""","retries":3""");
        var backends = new Backend[3];
        var ids = new string[3];
        for (var i = 0; i < 3; i++)
        {
            backends[i] = await Backend.StartAsync();
            ids[i] = await world.InstanceAsync(service, backends[i].Url);
        }

        using var stop = new CancellationTokenSource();
        var failures = new ConcurrentBag<string>();
        var count = 0;
        var load = Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    using var answer = await world.Client.GetAsync($"/{service}", Ct);
                    Interlocked.Increment(ref count);
                    if (answer.StatusCode != HttpStatusCode.OK)
                    {
                        failures.Add($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Ct)}");
                    }
                }
            },
            Ct)).ToArray();

        for (var i = 0; i < 3; i++)
        {
            // The old process dies without a word and its successor comes up on another port.
            await backends[i].DisposeAsync();
            await Task.Delay(200, Ct);
            backends[i] = await Backend.StartAsync();
            await world.PutAsync($"instances/{ids[i]}", $$"""{"instanceId":"{{ids[i]}}","addresses":[{"service":"{{service}}","address":"{{backends[i].Url}}"}]}""", "*");
            await Task.Delay(200, Ct);
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);
        foreach (var backend in backends)
        {
            await backend.DisposeAsync();
        }

        failures.ShouldBeEmpty();
        count.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Threat_65_Changes_under_load_fail_no_request_and_a_bad_one_changes_nothing()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = await ServiceWorld.StartAsync();
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, backend.Url);
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                var failures = new List<string>();
                while (!stop.IsCancellationRequested)
                {
                    using var answer = await world.Client.GetAsync($"/{service}/x", Ct);
                    if (answer.StatusCode != HttpStatusCode.OK)
                    {
                        failures.Add(await answer.Content.ReadAsStringAsync(Ct));
                    }
                }

                return failures;
            },
            Ct)).ToArray();

        for (var i = 0; i < 20; i++)
        {
            var route = i % 2 == 0 ? """{"strip":true}""" : """{"strip":false}""";
            await world.PutAsync($"services/{service}", $$"""{"name":"{{service}}","retries":{{i % 5}},"route":{{route}} }""", "*");
            (await world.SendAsync(HttpMethod.Put, $"services/{service}", $$"""{"route":{"prefix":"/octoparts"},"name":"{{service}}"}""", "*")).Status.ShouldBe(400);
            await world.ServiceAsync();
        }

        await stop.CancelAsync();
        (await Task.WhenAll(load)).SelectMany(failures => failures).ShouldBeEmpty();
        backend.Requests.ShouldAllBe(request => request.Target == "/x" || request.Target == $"/{service}/x");
    }

    [Fact]
    public async Task No_look_up_names_an_instance_that_had_not_started_or_was_gone()
    {
        await using var world = await ServiceWorld.StartAsync();
        var service = await world.ServiceAsync(""","locate":"instance" """);
        var bundle = await world.BundleAsync(service);
        await world.InstanceOfAsync(bundle, service, "http://10.0.0.1:1");
        await world.SignalAsync(bundle);
        var gone = new ConcurrentDictionary<int, bool>();
        var started = new ConcurrentDictionary<int, bool> { [1] = true };
        using var stop = new CancellationTokenSource();
        var looking = Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                var wrong = new List<string>();
                while (!stop.IsCancellationRequested)
                {
                    var goneBefore = gone.Keys.ToHashSet();
                    var found = await world.LookUpAsync($"/{service}");
                    var port = new Uri(found.Location!).Port;
                    if (goneBefore.Contains(port) || !started.ContainsKey(port))
                    {
                        wrong.Add(found.Location!);
                    }
                }

                return wrong;
            },
            Ct)).ToArray();

        for (var port = 2; port < 30; port++)
        {
            var id = await world.InstanceOfAsync(bundle, service, $"http://10.0.0.2:{port}");
            await Task.Delay(10, Ct);
            started[port] = true;
            (await world.SignalAsync(HttpMethod.Put, $"/instances/{id}/bundles/{bundle}?isStarted=true")).ShouldBe(204);
            await Task.Delay(10, Ct);
            (await world.SendAsync(HttpMethod.Delete, $"instances/{id}")).Status.ShouldBe(204);
            gone[port] = true;
        }

        await stop.CancelAsync();
        (await Task.WhenAll(looking)).SelectMany(wrong => wrong).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_thousand_services_of_ten_instances_each_are_no_trouble()
    {
        await using var world = await ServiceWorld.StartAsync();
        var services = Enumerable.Range(0, 1_000).Select(n => new ServiceConfig { Name = $"s{n:D4}" }).ToArray();
        var instances = services.SelectMany(service => Enumerable.Range(0, 10).Select(n => new InstanceConfig
        {
            InstanceId = $"{service.Name}-{n}",
            Lease = 60_000,
            Addresses = [new AddressConfig { Service = service.Name, Address = $"http://10.0.0.{n}:80" }],
        })).ToArray();
        var stored = await world.Gateway.Get<RegistryStore>().EditAsync<RegistryConfig>(
            (current, _) => EditOutcome<RegistryConfig>.Done(current with { Services = services, Instances = instances }, current), Ct);
        stored.Refusal.ShouldBeNull();

        (await world.LookUpAsync("/s0999/x")).Status.ShouldBe(307);
        var answers = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(async n =>
        {
            using var answer = await world.Gateway.Management.PutAsync($"/admin/api/instances/s0{n % 1000:D3}-{n % 10}/heartbeat", null, Ct);
            return (int)answer.StatusCode;
        }));
        answers.ShouldAllBe(status => status == 204);
        await world.PutAsync("services/one-more", """{"name":"one-more"}""");
    }

    [Fact]
    public async Task Without_its_database_a_gateway_locates_on_and_refuses_signals()
    {
        await using var server = await PostgresServer.StartOwnAsync();
        using var database = TestDatabase.At(await server.CreateDatabaseAsync());
        await using var world = await StartAsync(database);
        var service = await world.ServiceAsync();
        var bundle = await world.BundleAsync(service);
        await world.InstanceOfAsync(bundle, service, "http://127.0.0.1:1");
        (await world.SignalAsync(bundle)).ShouldBe(204);
        await server.KillAsync();

        (await world.LookUpAsync($"/{service}")).Status.ShouldBe(307);
        (await world.SignalAsync(bundle)).ShouldBe(503);
        await server.StartAsync();
        await Eventually.TrueAsync(async () => (await world.SignalAsync(bundle)) == 204);
        (await world.LookUpAsync($"/{service}")).Status.ShouldBe(307);
        world.Gateway.ForgetErrors();
    }

    static Task<ServiceWorld> StartAsync(TestDatabase database) =>
        ServiceWorld.StartAsync($"Storage:Provider={database.Provider}", $"Storage:ConnectionString={database.ConnectionString}");
}
