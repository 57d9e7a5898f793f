using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Services;

/// <summary>Instances come from elsewhere too: the configuration, DNS, and Microsoft.Extensions.ServiceDiscovery.</summary>
public sealed class SourceTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Configured_instances_are_there_as_soon_as_their_service_is()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = await ServiceWorld.StartAsync($"Services:Instances:0=fixed={backend.Url}");
        await world.ServiceAsync(name: "fixed");

        (await world.LookUpAsync("/fixed")).Status.ShouldBe(307);
        (await world.Client.GetStringAsync("/fixed", Ct)).ShouldBe("hello");
    }

    [Fact]
    public async Task The_addresses_of_a_host_name_are_instances()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = await ServiceWorld.StartAsync();
        var service = await world.ServiceAsync($$""","locate":"instance","source":{"kind":"dns","name":"localhost:{{new Uri(backend.Url).Port}}","refresh":1000}""");

        await Eventually.TrueAsync(async () => (await world.LookUpAsync($"/{service}")).Status == 307);
        (await world.LookUpAsync($"/{service}/x")).MaxAge!.Value.ShouldBeLessThanOrEqualTo(3);
        (await world.Client.GetStringAsync($"/{service}", Ct)).ShouldBe("hello");
    }

    [Fact]
    public async Task The_targets_of_srv_records_are_instances_with_their_ports_and_weights()
    {
        await using var one = await Backend.StartAsync("one");
        await using var two = await Backend.StartAsync("two");
        await using var names = await NameServer.StartAsync(
            "local-ttl=2", $"srv-host=_http._tcp.shop.test,a.shop.test,{Port(one)},0,3", $"srv-host=_http._tcp.shop.test,a.shop.test,{Port(two)},0,1", "host-record=a.shop.test,127.0.0.1");
        await using var world = await ServiceWorld.StartAsync($"Services:NameServers:0={names.Address}");
        var service = await world.ServiceAsync(""","locate":"instance","balance":{"policy":"roundRobin"},"source":{"kind":"srv","name":"_http._tcp.shop.test","refresh":60000}""");
        await Eventually.TrueAsync(async () => (await world.LookUpAsync($"/{service}")).Status == 307);

        // What is known ends three times as late as the records do, however seldom the source would be asked.
        (await world.LookUpAsync($"/{service}")).MaxAge!.Value.ShouldBeLessThanOrEqualTo(6);
        var answers = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            answers.Add(await world.Client.GetStringAsync($"/{service}", Ct));
        }

        answers.Count(answer => answer == "one").ShouldBe(6);
        answers.Count(answer => answer == "two").ShouldBe(2);
    }

    [Fact]
    public async Task Srv_records_of_a_higher_priority_stand_in_and_a_change_is_followed_when_the_ttl_ends()
    {
        await using var first = await Backend.StartAsync("first");
        await using var second = await Backend.StartAsync("second");
        string[] both = [$"srv-host=_http._tcp.shop.test,a.shop.test,{Port(first)},1,0", $"srv-host=_http._tcp.shop.test,b.shop.test,{Port(second)},2,0"];
        string[] hosts = ["local-ttl=1", "host-record=a.shop.test,127.0.0.1", "host-record=b.shop.test,127.0.0.1"];
        await using var names = await NameServer.StartAsync([.. hosts, .. both]);
        await using var world = await ServiceWorld.StartAsync($"Services:NameServers:0={names.Address}");
        var service = await world.ServiceAsync(""","source":{"kind":"srv","name":"_http._tcp.shop.test","refresh":60000}""");
        await Eventually.TrueAsync(async () => (await world.LookUpAsync($"/{service}")).Status == 307);
        (await world.Client.GetStringAsync($"/{service}", Ct)).ShouldBe("first");

        await first.DisposeAsync();
        (await world.Client.GetStringAsync($"/{service}", Ct)).ShouldBe("second");

        await using var third = await Backend.StartAsync("third");
        await names.ChangeAsync([.. hosts, $"srv-host=_http._tcp.shop.test,a.shop.test,{Port(third)},1,0"]);
        await Eventually.TrueAsync(async () => await world.Client.GetStringAsync($"/{service}", Ct) == "third");
    }

    [Fact]
    public async Task A_name_server_that_is_away_takes_its_instances_along_only_after_three_turns()
    {
        await using var backend = await Backend.StartAsync();
        string[] records = ["local-ttl=1", $"srv-host=_http._tcp.shop.test,a.shop.test,{Port(backend)}", "host-record=a.shop.test,127.0.0.1"];
        await using var names = await NameServer.StartAsync(records);
        await using var world = await ServiceWorld.StartAsync($"Services:NameServers:0={names.Address}");
        var service = await world.ServiceAsync(""","source":{"kind":"srv","name":"_http._tcp.shop.test","refresh":60000}""");
        await Eventually.TrueAsync(async () => (await world.LookUpAsync($"/{service}")).Status == 307);

        await names.StopAsync();
        (await world.LookUpAsync($"/{service}")).Status.ShouldBe(307);
        await Eventually.TrueAsync(async () => (await world.LookUpAsync($"/{service}")).Status == 404);
        await names.ChangeAsync(records);
        await Eventually.TrueAsync(async () => (await world.LookUpAsync($"/{service}")).Status == 307);
    }

    [Theory]
    [InlineData("localhost:80")]
    [InlineData("tcp://_http._tcp.shop.test")]
    [InlineData("_http._tcp.-shop.test")]
    [InlineData("")]
    public async Task A_name_that_no_srv_records_can_have_is_refused(string name)
    {
        await using var world = await ServiceWorld.StartAsync();
        var answer = await world.SendAsync(HttpMethod.Put, "services/shop", $$"""{"name":"shop","source":{"kind":"srv","name":"{{name}}"} }""");
        answer.Status.ShouldBe(400);
        answer.Body!.ToJsonString().ShouldContain("source.name");
    }

    [Fact]
    public async Task What_service_discovery_resolves_are_instances_until_the_service_asks_elsewhere()
    {
        await using var backend = await Backend.StartAsync();
        // The provider that comes with it reads the configuration outside of Tutti's own part.
        Environment.SetEnvironmentVariable("Services__discovered__http__0", backend.Url);
        await using var world = await ServiceWorld.StartAsync();
        var service = await world.ServiceAsync(""","source":{"kind":"discovery","name":"http://discovered","refresh":1000}""");
        await Eventually.TrueAsync(async () => (await world.LookUpAsync($"/{service}")).Status == 307);
        (await world.Client.GetStringAsync($"/{service}", Ct)).ShouldBe("hello");

        await world.PutAsync($"services/{service}", $$"""{"name":"{{service}}"}""", "*");
        (await world.LookUpAsync($"/{service}")).Status.ShouldBe(404);
    }

    static int Port(Backend backend) => new Uri(backend.Url).Port;
}
