using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Tutti.FunctionalTests.Registry;
using Tutti.FunctionalTests.Support;
using Eventually = Tutti.FunctionalTests.Support.Eventually;

namespace Tutti.FunctionalTests.Services;

/// <summary>Gateways and instances as processes of their own that are killed, paused and restarted.</summary>
public sealed class ProcessFaultTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_gateway_that_was_killed_is_back_with_its_bundles_instances_and_leases()
    {
        using var database = await TestDatabase.PostgresAsync();
        await using var gateway = await StartAsync(database);
        await CustomersProcess.RegisterAsync(gateway);
        await using var customers = await CustomersProcess.StartAsync(gateway, "crm-a", lease: 60_000);
        await using var dead = await CustomersProcess.StartAsync(gateway, "crm-b");
        (await LookUpAsync(gateway)).ShouldBe((307, $"{gateway.Traffic.BaseAddress}customers/1?q=1"));

        await gateway.KillAsync();
        await dead.KillAsync();
        await gateway.RestartAsync();

        (await LookUpAsync(gateway)).ShouldBe((307, $"{gateway.Traffic.BaseAddress}customers/1?q=1"));
        (await customers.StateAsync(gateway)).ShouldBe("in");
        (await gateway.Traffic.GetFromJsonAsync<JsonObject>("/customers/1", Ct))!["servedBy"]!.ToString().ShouldBe(customers.Address);
        (await KeysAsync(gateway, "bundles", "bundleId")).ShouldBe(["crm"]);
        (await KeysAsync(gateway, "instances", "instanceId")).ShouldBe(["crm-a", "crm-b"]);

        // The lease of the one that died with the gateway ends as if the gateway had been there all the time.
        await dead.IsAsync(gateway, "lapsed");
        (await customers.StateAsync(gateway)).ShouldBe("in");
    }

    [Fact]
    public async Task Of_two_gateways_one_is_killed_and_the_other_goes_on()
    {
        using var database = await TestDatabase.PostgresAsync();
        await using var one = await StartAsync(database);
        await using var two = await StartAsync(database);
        await CustomersProcess.RegisterAsync(one);
        await using var atOne = await CustomersProcess.StartAsync(one, "crm-a");
        await using var atTwo = await CustomersProcess.StartAsync(two, "crm-b");
        await atOne.IsAsync(two, "in");
        await atTwo.IsAsync(one, "in");

        await using (var load = new CustomersLoad(two))
        {
            await one.KillAsync();

            // Who signals to the dead one lapses; who signals to the other stays.
            await atOne.IsAsync(two, "lapsed");
            (await atTwo.StateAsync(two)).ShouldBe("in");
            (await load.EndAsync()).ShouldBeEmpty();
        }

        await using var late = await CustomersProcess.StartAsync(two, "crm-c");
        await one.RestartAsync();
        await atOne.IsAsync(one, "in");
        await atOne.IsAsync(two, "in");
        (await late.StateAsync(one)).ShouldBe("in");
    }

    [Fact]
    public async Task Instances_that_are_killed_paused_or_moved_are_gone_and_come_back()
    {
        using var database = TestDatabase.Sqlite();
        await using var gateway = await StartAsync(database);
        await CustomersProcess.RegisterAsync(gateway, ""","retries":2,"timeouts":{"answer":500},"locate":"instance" """);
        var instances = await ThreeAsync(gateway);
        await using var killed = instances[0];
        await using var paused = instances[1];
        await using var well = instances[2];
        var old = killed.Address;
        await using var load = new CustomersLoad(gateway);

        await killed.KillAsync();
        await paused.PauseAsync();
        await killed.IsAsync(gateway, "lapsed");
        await paused.IsAsync(gateway, "lapsed");
        for (var i = 0; i < 20; i++)
        {
            (await LookUpAsync(gateway)).ShouldBe((307, $"{well.Address}/1?q=1"));
        }

        await paused.ResumeAsync();
        await killed.RunAsync(gateway);
        await paused.IsAsync(gateway, "in");

        var told = new HashSet<string?>();
        await Eventually.TrueAsync(async () =>
        {
            told.Add((await LookUpAsync(gateway)).Location);
            return told.Count == 3;
        });
        told.ShouldNotContain($"{old}/1?q=1");
        (await load.EndAsync()).ShouldBeEmpty();
        load.Count.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Threat_64_A_rolling_restart_of_three_processes_loses_no_request_that_may_be_repeated()
    {
        using var database = TestDatabase.Sqlite();
        await using var gateway = await StartAsync(database);
        await CustomersProcess.RegisterAsync(gateway, ""","retries":2""");
        var instances = await ThreeAsync(gateway);
        await using var load = new CustomersLoad(gateway);

        foreach (var (i, instance) in instances.Index())
        {
            // In good order, and without a word.
            await (i == 0 ? instance.StopAsync() : instance.KillAsync());
            await instance.RunAsync(gateway);
        }

        (await load.EndAsync()).ShouldBeEmpty();
        load.Count.ShouldBeGreaterThan(100);
        foreach (var instance in instances)
        {
            await instance.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_client_that_follows_redirects_reaches_a_service_with_path_query_and_body()
    {
        using var database = TestDatabase.Sqlite();
        await using var gateway = await StartAsync(database);
        await CustomersProcess.RegisterAsync(gateway);
        await using var customers = await CustomersProcess.StartAsync(gateway, "crm-a");
        using var client = new HttpClient();
        using var body = new StringContent("a body");

        using var answer = await client.PutAsync(new Uri(gateway.Traffic.BaseAddress!, "/services/customers/7?q=%C3%BC+1"), body, Ct);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldBe("7?q=%C3%BC+1: a body");
    }

    static Task<GatewayProcess> StartAsync(TestDatabase database) => GatewayProcess.StartAsync(
        $"Storage:Provider={database.Provider}", $"Storage:ConnectionString={database.ConnectionString}", "Shutdown:ReadinessDelayMs=0");

    static Task<CustomersProcess[]> ThreeAsync(GatewayProcess gateway) =>
        Task.WhenAll(new[] { "crm-a", "crm-b", "crm-c" }.Select(instance => CustomersProcess.StartAsync(gateway, instance)));

    static async Task<(int Status, string? Location)> LookUpAsync(GatewayProcess gateway)
    {
        using var answer = await gateway.Traffic.GetAsync("/services/customers/1?q=1", Ct);
        return ((int)answer.StatusCode, answer.Headers.Location?.ToString());
    }

    static async Task<string[]> KeysAsync(GatewayProcess gateway, string list, string key)
    {
        var page = await gateway.Management.GetFromJsonAsync<JsonObject>($"/admin/api/{list}", Ct);
        return [.. page!["items"]!.AsArray().Select(item => (string)item![key]!)];
    }
}
