namespace Tutti.FunctionalTests.Hosting;

/// <summary>Circuits and pools through the admin API.</summary>
public sealed class CircuitAdminTests
{
    const string Circuit = "/admin/api/circuits/catalogue";

    [Fact]
    public async Task A_circuit_that_nobody_called_yet_is_forced_open_and_released()
    {
        await using var peer = await Peer.StartAsync();
        await using var node = await Node.StartAsync();
        await node.SeedAsync(("catalogue", $"{peer.Url}/"));
        ((string?)(await node.SendAsync(HttpMethod.Get, Circuit)).Json!["state"]).ShouldBe("closed");

        var (status, forced) = await node.SendAsync(HttpMethod.Put, Circuit, """{"state":"open","forSeconds":60}""");

        status.ShouldBe(200);
        ((string?)forced!["state"]).ShouldBe("open");
        ((long?)forced["forced"]!["remainingMs"]).ShouldNotBeNull().ShouldBeInRange(50_000, 60_000);
        (await node.AggregateAsync("catalogue"))["responses"]![0]!["errors"]![0]!.ToString().ShouldBe("Circuit of part catalogue is open");
        peer.Received.ShouldBeEmpty();

        (await node.SendAsync(HttpMethod.Delete, $"{Circuit}/force")).Json!["forced"].ShouldBeNull();
        await node.AggregateAsync("catalogue");
        peer.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Auto_releases_a_forced_circuit()
    {
        await using var node = await Node.StartAsync();
        await node.SeedAsync(("catalogue", "http://127.0.0.1:1/"));
        await node.SendAsync(HttpMethod.Put, Circuit, """{"state":"open"}""");

        var (status, released) = await node.SendAsync(HttpMethod.Put, Circuit, """{"state":"auto"}""");

        status.ShouldBe(200);
        ((string?)released!["state"]).ShouldBe("closed");
    }

    [Theory]
    [InlineData("""{"state":"ajar"}""", "state")]
    [InlineData("""{"forSeconds":60}""", "state")]
    [InlineData("""{"state":"open","forSeconds":0}""", "forSeconds")]
    [InlineData("""{"state":"open","forSeconds":86401}""", "forSeconds")]
    [InlineData("""{"state":"open","for":1}""", "for")]
    public async Task A_wrong_order_is_refused_by_the_name_of_its_field(string order, string field)
    {
        await using var node = await Node.StartAsync();
        await node.SeedAsync(("catalogue", "http://127.0.0.1:1/"));

        var (status, problem) = await node.SendAsync(HttpMethod.Put, Circuit, order);

        status.ShouldBe(400);
        problem!["errors"]![field].ShouldNotBeNull();
    }

    [Fact]
    public async Task An_unknown_circuit_is_missing()
    {
        await using var node = await Node.StartAsync();
        await node.SeedAsync();

        (await node.SendAsync(HttpMethod.Get, Circuit)).Status.ShouldBe(404);
        (await node.SendAsync(HttpMethod.Put, Circuit, """{"state":"open"}""")).Status.ShouldBe(404);
        (await node.SendAsync(HttpMethod.Delete, $"{Circuit}/force")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Lists_show_circuits_and_pools()
    {
        await using var peer = await Peer.StartAsync();
        await using var node = await Node.StartAsync();
        await node.SeedAsync(("b", $"{peer.Url}/"), ("a", $"{peer.Url}/"));
        await node.AggregateAsync("b");

        var circuits = (await node.SendAsync(HttpMethod.Get, "/admin/api/circuits")).Json!;
        var pools = (await node.SendAsync(HttpMethod.Get, "/admin/api/pool-states")).Json!;

        circuits["items"]!.AsArray().Select(circuit => (string?)circuit!["key"]).ShouldBe(["a", "b"]);
        ((int?)circuits["items"]![1]!["calls"]).ShouldBe(1);
        ((int?)circuits["items"]![1]!["rules"]!["minimumCalls"]).ShouldBe(20);
        ((int?)pools["items"]![0]!["entered"]).ShouldBe(1);
    }
}
