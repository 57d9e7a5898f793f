using System.Text.Json.Nodes;
using Tutti.FunctionalTests.Registry;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Hosting;

/// <summary>What the gateway tells of itself on its two listeners.</summary>
public sealed class StatusTests
{
    [Fact]
    public async Task Health_is_yellow_without_parts_and_200_all_the_same()
    {
        await using var node = await Node.StartAsync();
        await Eventually.TrueAsync(() => node.Registry.IsLoaded);

        foreach (var client in (HttpClient[])[node.Traffic, node.Management])
        {
            using var answer = await client.GetAsync("/system/healthcheck", TestContext.Current.CancellationToken);
            ((int)answer.StatusCode).ShouldBe(200);
            (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(
                """{"colour":"YELLOW","statuses":{"db":{"ok":false,"message":"parts_config table is empty!"},"hystrix":{"ok":true,"openCircuits":[]},"memcached":{"ok":true}}}""");
        }
    }

    [Fact]
    public async Task An_open_circuit_is_named_and_leaves_health_green()
    {
        await using var node = await Node.StartAsync();
        await node.SeedAsync(("catalogue", "http://127.0.0.1:1/"));
        await node.SendAsync(HttpMethod.Put, "/admin/api/circuits/catalogue", """{"state":"open"}""");

        var health = JsonNode.Parse(await node.Traffic.GetStringAsync("/system/healthcheck", TestContext.Current.CancellationToken))!;

        ((string?)health["colour"]).ShouldBe("GREEN");
        ((bool?)health["statuses"]!["hystrix"]!["ok"]).ShouldBe(false);
        ((string?)health["statuses"]!["hystrix"]!["openCircuits"]![0]).ShouldBe("catalogue");
    }

    [Fact]
    public async Task Build_names_version_and_revision()
    {
        await using var node = await Node.StartAsync();

        var build = JsonNode.Parse(await node.Traffic.GetStringAsync("/system/build", TestContext.Current.CancellationToken))!.AsObject();

        ((string?)build["version"]).ShouldNotBeNullOrEmpty();
        build.Select(field => field.Key).ShouldBe(
            ["version", "dotnet_version", "build_time_millis", "build_time_pretty", "git_branch", "git_tags", "git_head"]);
    }

    [Fact]
    public async Task Metrics_count_what_passed()
    {
        await using var peer = await Peer.StartAsync();
        await using var node = await Node.StartAsync();
        await node.SeedAsync(("catalogue", $"{peer.Url}/"));
        await node.AggregateAsync("catalogue");

        using var answer = await node.Management.GetAsync("/metrics", TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        string[] lines =
        [
            """tutti_aggregates_total{status="200"} 1""",
            "tutti_aggregate_duration_seconds_count 1",
            """tutti_part_outcomes_total{part="catalogue",outcome="success"} 1""",
            """tutti_part_duration_seconds_bucket{part="catalogue",le="+Inf"} 1""",
            """tutti_part_active{part="catalogue"} 0""",
            """tutti_circuit_state{circuit="catalogue"} 0""",
            """tutti_pool_size{pool="p"} 4""",
            """tutti_pool_entered_total{pool="p"} 1""",
            "tutti_aggregates_running 0",
            "tutti_registry_parts 1",
        ];
        lines.ShouldBeSubsetOf(text.Split('\n'));
        text.ShouldContain("\nprocess_cpu_seconds_total ");
        text.ShouldNotContain("warm-up");
    }

    [Fact]
    public async Task The_admin_api_describes_itself_and_its_page_loads_nothing_from_elsewhere()
    {
        await using var node = await Node.StartAsync();

        var document = JsonNode.Parse(await node.Management.GetStringAsync("/openapi/admin.json", TestContext.Current.CancellationToken))!;
        var page = await node.Management.GetStringAsync("/scalar/", TestContext.Current.CancellationToken);
        var script = await node.Management.GetAsync("/scalar/scalar.js", TestContext.Current.CancellationToken);

        string[] paths = [.. document["paths"]!.AsObject().Select(path => path.Key)];
        paths.ShouldAllBe(path => path.StartsWith("/admin/api/", StringComparison.Ordinal));
        paths.ShouldContain("/admin/api/parts");
        paths.ShouldContain("/admin/api/circuits/{key}");
        page.ShouldNotContain("https://");
        page.ShouldNotContain("http://");
        ((int)script.StatusCode).ShouldBe(200);
    }
}
