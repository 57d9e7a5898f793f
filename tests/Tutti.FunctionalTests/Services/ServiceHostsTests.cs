using System.Text.Json;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Services;

/// <summary>Service hosts are told in the forms of ConductR 1.1 and 2.1, as lists and as events.</summary>
public sealed class ServiceHostsTests(SharedGateway shared)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hosts_are_listed_and_found_in_both_forms()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        var bundle = await world.BundleAsync(service);
        await world.InstanceOfAsync(bundle, service, "http://10.11.23.22:7001");
        await world.InstanceOfAsync(bundle, service, "http://[2001:db8::7]:7002");
        await world.InstanceOfAsync(bundle, service, "https://node.example:7003");
        (await GetAsync(world, $"/service-hosts/{service}")).ShouldBe((200, "[]"));
        for (var i = 0; i < 3; i++)
        {
            await world.SignalAsync(bundle);
        }

        JsonSerializer.Deserialize<string[]>((await GetAsync(world, $"/service-hosts/{service}")).Body)!.Order()
            .ShouldBe(["10.11.23.22:7001", "[2001:db8::7]:7002", "node.example:7003"]);
        (await GetAsync(world, $"/service-hosts/{service}/10.11.23.22")).ShouldBe((200, "\"10.11.23.22:7001\""));
        (await GetAsync(world, $"/service-hosts/{service}/10.0.0.1")).Status.ShouldBe(404);
        (await GetAsync(world, "/service-hosts/nobody")).ShouldBe((200, "[]"));

        (await GetAsync(world, $"/v2/service-hosts/{service}/10.11.23.22")).ShouldBe((200, """{"protocol":"http","ipv4Host":"10.11.23.22","port":7001}"""));
        (await GetAsync(world, $"/v2/service-hosts/{service}/node.example")).ShouldBe((200, """{"protocol":"https","hostName":"node.example","port":7003}"""));
        (await GetAsync(world, $"/v2/service-hosts/{service}")).Body.ShouldContain("\"ipv6Host\":\"2001:db8::7\"");
    }

    [Theory]
    [InlineData("", "10.0.0.1:1")]
    [InlineData("/v2", """{"protocol":"http","ipv4Host":"10.0.0.1","port":1}""")]
    public async Task Comings_and_goings_are_events(string version, string data)
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        using var answer = await world.Client.GetAsync($"{version}/service-hosts/{service}/events", HttpCompletionOption.ResponseHeadersRead, Ct);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/event-stream");
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Ct));

        var id = await world.InstanceAsync(service, "http://10.0.0.1:1");
        (await NextAsync(reader)).ShouldBe(["event:running", $"data:{data}"]);
        await world.SendAsync(HttpMethod.Delete, $"instances/{id}");
        (await NextAsync(reader)).ShouldBe(["event:stopped", $"data:{data}"]);

        // Heartbeats come while nothing happens.
        string? line;
        while ((line = await reader.ReadLineAsync(Ct)) is not ":")
        {
            line.ShouldBe("");
        }
    }

    [Fact]
    public async Task Events_are_for_a_known_service_and_begin_with_those_that_run()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, "http://10.0.0.1:1");

        (await GetAsync(world, "/service-hosts/nobody/events")).Status.ShouldBe(404);
        (await GetAsync(world, $"/service-hosts/{service}/events?event=paused")).Status.ShouldBe(400);
        using var answer = await world.Client.GetAsync($"/service-hosts/{service}/events?event=running", HttpCompletionOption.ResponseHeadersRead, Ct);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Ct));
        (await NextAsync(reader)).ShouldBe(["event:running", "data:10.0.0.1:1"]);
    }

    [Fact]
    public async Task Threat_58_A_reader_that_does_not_read_holds_up_nobody()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        using var slow = await world.Client.GetAsync($"/service-hosts/{service}/events", HttpCompletionOption.ResponseHeadersRead, Ct);
        var feed = world.Gateway.Get<Tutti.Gateway.Locator.ServiceFeed>();

        for (var i = 0; i < 200_000; i++)
        {
            feed.Publish(new Tutti.Gateway.Locator.InstanceEvent(service, new Uri("http://10.0.0.1:1"), i % 2 == 0));
        }

        using var quick = await world.Client.GetAsync($"/service-hosts/{service}/events", HttpCompletionOption.ResponseHeadersRead, Ct);
        using var reader = new StreamReader(await quick.Content.ReadAsStreamAsync(Ct));
        await world.InstanceAsync(service, "http://10.0.0.2:2");
        (await NextAsync(reader)).ShouldBe(["event:running", "data:10.0.0.2:2"]);
    }

    [Fact]
    public async Task Threat_58_A_flood_of_signals_costs_few_writes_and_all_are_answered()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        var bundle = await world.BundleAsync(service);
        await world.InstanceOfAsync(bundle, service, "http://127.0.0.1:1", ""","lease":60000""");

        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => world.SignalAsync(bundle)));

        answers.ShouldAllBe(status => status == 204);
    }

    static async Task<(int Status, string Body)> GetAsync(ServiceWorld world, string path)
    {
        using var answer = await world.Client.GetAsync(path, Ct);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    /// <summary>The lines of the next event, heartbeats passed over.</summary>
    static async Task<string[]> NextAsync(StreamReader reader)
    {
        using var guard = new CancellationTokenSource(Eventually.HangGuard);
        var lines = new List<string>();
        while (true)
        {
            var line = await reader.ReadLineAsync(guard.Token) ?? throw new EndOfStreamException();
            if (line.Length == 0 && lines.Count > 0)
            {
                return [.. lines];
            }

            if (line.Length > 0 && line[0] != ':')
            {
                lines.Add(line);
            }
        }
    }
}
