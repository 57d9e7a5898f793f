using System.Text.Json;
using Tutti.Gateway.Registry.Admin;

namespace Tutti.FunctionalTests.Registry;

/// <summary>What the admin API of services, bundles and instances does, whatever the database.</summary>
public abstract class ServiceCompliance
{
    const string Service = """
        {"name":"customers","owner":"me","description":"all","protocol":"http","locate":"instance","route":{"prefix":"/crm","strip":true},
         "rules":[{"host":"shop.example","method":"GET","pathRegex":"/c/([0-9]+)","rewrite":"/customers/\\1"}],
         "backend":{"httpVersion":"2","verifyTls":false,"keepHost":true,"maxRequestBytes":5},"timeouts":{"connect":1,"answer":2,"idle":3},
         "balance":{"policy":"roundRobin","zoneFirst":false,"stickyCookie":"s"},"healthCheck":{"path":"/health","interval":200,"timeout":20,"failAfter":3,"passAfter":2},
         "eviction":{"failures":2,"for":5},"retries":3,"circuit":{"failureRatio":0.7,"minimumCalls":9,"window":2000,"break":7},"pool":{"size":3,"queue":4}}
        """;

    const string Bundle = """{"bundleId":"b1","name":"crm","bundleVersion":"1.2","endpoints":[{"name":"web","service":"customers"}],"startTimeout":5000}""";

    const string Instance = """
        {"instanceId":"i1","bundle":"b1","addresses":[{"service":"customers","address":"http://10.0.0.1:8080"}],"zone":"a","weight":3,"lease":15000}
        """;

    internal abstract Task<TestDatabase> CreateAsync();

    [Fact]
    public async Task Everything_survives_a_restart()
    {
        using var database = await CreateAsync();
        string[] before;
        await using (var node = await RegistryNode.StartAsync(database))
        {
            await SeedAsync(node);
            before = Describe(node);
        }

        await using var again = await RegistryNode.StartAsync(database);
        Describe(again).ShouldBe(before);
        again.Registry.Current.Services.Services["customers"].Faults.ShouldBeEmpty();
        again.Registry.Current.Services.Instances["customers"].Single().Address.ShouldBe(new Uri("http://10.0.0.1:8080"));
    }

    [Fact]
    public async Task The_same_again_changes_nothing_and_something_else_asks_for_If_Match()
    {
        using var database = await CreateAsync();
        await using var node = await RegistryNode.StartAsync(database);
        await SeedAsync(node);
        var version = node.Registry.Current.Version;

        foreach (var (path, json) in new[] { ("services/customers", Service), ("bundles/b1", Bundle), ("instances/i1", Instance) })
        {
            var same = await node.PutAsync(path, json, ifMatch: null);
            same.Status.ShouldBe(200, path);
            node.Registry.Current.Version.ShouldBe(version);
        }

        var other = Instance.Replace("\"weight\":3", "\"weight\":4", StringComparison.Ordinal);
        (await node.PutAsync("instances/i1", other, ifMatch: null)).Status.ShouldBe(428);
        var read = await node.GetAsync("instances/i1");
        (await node.PutAsync("instances/i1", other, "\"1\"")).Status.ShouldBe(412);
        (await node.PutAsync("instances/i1", other, read.ETag)).Status.ShouldBe(200);
        (await node.PutAsync("instances/i1", other, read.ETag)).Status.ShouldBe(412);
        (await node.PostAsync("instances", other)).Status.ShouldBe(409);
    }

    [Fact]
    public async Task What_is_in_use_stays()
    {
        using var database = await CreateAsync();
        await using var node = await RegistryNode.StartAsync(database);
        await SeedAsync(node);

        var service = await node.DeleteAsync("services/customers");
        service.Status.ShouldBe(409);
        service.Body!["usedBy"]!.AsArray().Single()!.GetValue<string>().ShouldBe("b1");
        var bundle = await node.DeleteAsync("bundles/b1");
        bundle.Status.ShouldBe(409);
        bundle.Body!["usedBy"]!.AsArray().Single()!.GetValue<string>().ShouldBe("i1");

        (await node.DeleteAsync("instances/i1")).Status.ShouldBe(204);
        (await node.DeleteAsync("bundles/b1")).Status.ShouldBe(204);
        (await node.DeleteAsync("services/customers")).Status.ShouldBe(204);
        node.Registry.Current.Services.Services.ShouldBeEmpty();
    }

    [Fact]
    public async Task All_faults_are_told_at_once()
    {
        using var database = await CreateAsync();
        await using var node = await RegistryNode.StartAsync(database);
        await SeedAsync(node);

        (await node.PostAsync("services", """
            {"name":"a/b","protocol":"smtp","locate":"x","retries":9,"backend":{"httpVersion":"3"},"timeouts":{"connect":0,"answer":"x"},"balance":{"policy":"y","stickyCookie":"a b"},"pool":{"size":0},"extra":1}
            """)).FaultyFields.Order().ShouldBe(
            ["backend.httpVersion", "balance.policy", "balance.stickyCookie", "extra", "locate", "name", "pool.size", "protocol", "retries", "timeouts.answer", "timeouts.connect"]);
        (await node.PostAsync("bundles", """{"name":"","endpoints":[{"name":"a","service":"none"},{"name":"a","service":"customers"}],"startTimeout":0,"keyHash":"x"}"""))
            .FaultyFields.Order().ShouldBe(["endpoints[0].service", "endpoints[1].name", "endpoints[1].service", "keyHash", "name", "startTimeout"]);
        (await node.PostAsync("instances", """{"instanceId":"x","bundle":"none","addresses":[{"service":"none","address":"y"},{"service":"customers","address":"tcp://a:1"}],"weight":-1,"lease":1}"""))
            .FaultyFields.Order().ShouldBe(["addresses[0].service", "addresses[1].address", "bundle", "lease", "weight"]);
    }

    [Fact]
    public async Task Lists_are_searched_sorted_and_paged()
    {
        using var database = await CreateAsync();
        await using var node = await RegistryNode.StartAsync(database);
        await SeedAsync(node);
        (await node.PostAsync("services", """{"name":"orders"}""")).Status.ShouldBe(201);

        var list = await node.GetAsync("services?sort=-name&pageSize=1");
        list.Body!["total"]!.GetValue<int>().ShouldBe(2);
        list.Body["items"]![0]!["name"]!.GetValue<string>().ShouldBe("orders");
        (await node.GetAsync("instances?search=10.0.0.1")).Body!["total"]!.GetValue<int>().ShouldBe(1);
        (await node.GetAsync("bundles?search=1.2")).Body!["items"]![0]!["instances"]![0]!.GetValue<string>().ShouldBe("i1");
        (await node.GetAsync("bundles?sort=none")).Status.ShouldBe(400);
    }

    static async Task SeedAsync(RegistryNode node)
    {
        (await node.PutAsync("services/customers", Service, ifMatch: null)).Status.ShouldBe(201);
        (await node.PutAsync("bundles/b1", Bundle, ifMatch: null)).Status.ShouldBe(201);
        (await node.PostAsync("instances", Instance)).Status.ShouldBe(201);
    }

    static string[] Describe(RegistryNode node)
    {
        var config = node.Registry.Current.Config;
        return
        [
            JsonSerializer.Serialize(config.Services.Single(), RegistryJson.Default.ServiceConfig),
            JsonSerializer.Serialize(config.Bundles.Single(), RegistryJson.Default.BundleConfig),
            JsonSerializer.Serialize(config.Instances.Single(), RegistryJson.Default.InstanceConfig),
        ];
    }
}
