using System.Text.Json.Nodes;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Hosting;

/// <summary>The stream of Hystrix dashboards.</summary>
public sealed class HystrixStreamTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_idle_gateway_pings()
    {
        await using var node = await Node.StartAsync();
        using var answer = await OpenAsync(node);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Ct));

        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/event-stream; charset=UTF-8");
        answer.Headers.GetValues("Pragma").ShouldBe(["no-cache"]);
        answer.Headers.CacheControl!.ToString().ShouldBe("no-store, must-revalidate, no-cache, max-age=0");
        (await lines.ReadLineAsync(Ct)).ShouldBe("ping: ");
        (await lines.ReadLineAsync(Ct)).ShouldBe("");
    }

    [Fact]
    public async Task Commands_and_pools_are_told_in_the_fields_of_Hystrix()
    {
        await using var peer = await Peer.StartAsync();
        await using var node = await Node.StartAsync();
        await node.SeedAsync(("catalogue", $"{peer.Url}/"));
        await node.AggregateAsync("catalogue");
        using var answer = await OpenAsync(node);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Ct));

        var command = JsonNode.Parse((await lines.ReadLineAsync(Ct))!["data: ".Length..])!;
        await lines.ReadLineAsync(Ct);
        var pool = JsonNode.Parse((await lines.ReadLineAsync(Ct))!["data: ".Length..])!;

        ((string?)command["type"]).ShouldBe("HystrixCommand");
        ((string?)command["name"]).ShouldBe("catalogue");
        ((string?)command["threadPool"]).ShouldBe("p");
        ((int?)command["requestCount"]).ShouldBe(1);
        ((int?)command["rollingCountSuccess"]).ShouldBe(1);
        ((bool?)command["isCircuitBreakerOpen"]).ShouldBe(false);
        ((int?)command["propertyValue_circuitBreakerRequestVolumeThreshold"]).ShouldBe(20);
        command["latencyTotal"]!.AsObject().Select(share => share.Key).ShouldBe(["0", "25", "50", "75", "90", "95", "99", "99.5", "100"]);
        ((string?)pool["type"]).ShouldBe("HystrixThreadPool");
        ((string?)pool["name"]).ShouldBe("p");
        ((int?)pool["currentCompletedTaskCount"]).ShouldBe(1);
    }

    [Fact]
    public async Task The_eleventh_client_is_refused_until_another_leaves()
    {
        await using var node = await Node.StartAsync();
        var open = new List<HttpResponseMessage>();
        for (var i = 0; i < 10; i++)
        {
            open.Add(await OpenAsync(node));
        }

        using var eleventh = await OpenAsync(node);
        ((int)eleventh.StatusCode).ShouldBe(503);
        (await eleventh.Content.ReadAsStringAsync(Ct)).ShouldBe("MaxConcurrentConnections reached: 10");

        open.ForEach(answer => answer.Dispose());
        await Eventually.TrueAsync(() =>
        {
            using var next = OpenAsync(node).GetAwaiter().GetResult();
            return next.IsSuccessStatusCode;
        });
    }

    [Theory]
    [InlineData("0")]
    [InlineData("60001")]
    [InlineData("soon")]
    public async Task A_wrong_delay_is_refused(string delay)
    {
        await using var node = await Node.StartAsync();

        using var answer = await node.Management.GetAsync($"/hystrix.stream?delayMs={delay}", Ct);

        ((int)answer.StatusCode).ShouldBe(400);
    }

    [Fact]
    public async Task An_open_stream_does_not_hold_up_the_stop()
    {
        await using var node = await Node.StartAsync("--Tutti:Shutdown:DrainMs=60000");
        using var answer = await OpenAsync(node, 60_000);

        await node.App.StopAsync(Ct).WaitAsync(TimeSpan.FromSeconds(20), Ct);
    }

    static Task<HttpResponseMessage> OpenAsync(Node node, int delayMs = 100) =>
        node.Management.GetAsync($"/hystrix.stream?delayMs={delayMs}", HttpCompletionOption.ResponseHeadersRead, Ct);
}
