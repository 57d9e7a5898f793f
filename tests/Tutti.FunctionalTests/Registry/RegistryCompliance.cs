using System.Text.Encodings.Web;
using System.Text.Json;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Registry;

/// <summary>What the registry and its admin API do, whatever the database.</summary>
public abstract class RegistryCompliance
{
    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal abstract Task<TestDatabase> CreateAsync();

    [Fact]
    public async Task Every_setting_survives_a_restart()
    {
        using var database = await CreateAsync();
        PartConfig before;
        await using (var node = await RegistryNode.StartAsync(database))
        {
            await node.SeedAsync();
            (await node.PostAsync("parts", Some.FullPart("full"))).Status.ShouldBe(201);
            before = node.Registry.Current.Parts["full"].Config;
        }

        await using var again = await RegistryNode.StartAsync(database);
        var after = again.Registry.Current.Parts["full"];
        after.Faults.ShouldBeEmpty();
        Json(after.Config).ShouldBe(Json(before));
        Json(after.Config).ShouldContain("日本語");
        again.Registry.Current.Pools["p"].Queue.ShouldBe(10);
        again.Registry.Current.CacheGroups["g"].Owner.ShouldBe("me");
    }

    [Fact]
    public async Task Absent_settings_have_their_defaults_after_a_restart()
    {
        using var database = await CreateAsync();
        await using (var node = await RegistryNode.StartAsync(database))
        {
            await node.SeedAsync("a");
            (await node.PutAsync("parts/a", Some.Part("a", ""","backend":{"verifyTls":false}"""))).Status.ShouldBe(200);
        }

        await using var again = await RegistryNode.StartAsync(database);
        again.Registry.Current.Parts["a"].Config.Backend.ShouldBe(new BackendConfig { VerifyTls = false });
        again.Registry.Current.Parts["a"].Config.Retries.ShouldBe(new RetryConfig());
    }

    [Fact]
    public async Task A_part_is_created_read_replaced_and_deleted()
    {
        using var database = await CreateAsync();
        await using var node = await RegistryNode.StartAsync(database);
        await node.SeedAsync();
        var created = await node.PostAsync("parts", Some.FullPart("one"));
        created.Status.ShouldBe(201);
        created.Location.ShouldBe("/admin/api/parts/one");
        created.ETag.ShouldNotBeNull();
        (await node.GetAsync("parts/one")).ETag.ShouldBe(created.ETag);

        var replaced = await node.PutAsync("parts/one", Some.Part("one"), created.ETag);
        replaced.Status.ShouldBe(200);
        replaced.ETag.ShouldNotBe(created.ETag);
        node.Registry.Current.Parts["one"].Params.ShouldBeEmpty();
        (await node.GetAsync("parts/one")).Body!["params"]!.AsArray().Count.ShouldBe(0);

        (await node.DeleteAsync("parts/one")).Status.ShouldBe(204);
        (await node.GetAsync("parts/one")).Status.ShouldBe(404);
        node.Registry.Current.Parts.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_read_can_be_sent_back()
    {
        using var database = await CreateAsync();
        await using var node = await RegistryNode.StartAsync(database);
        await node.SeedAsync("a");
        var read = await node.GetAsync("parts/a");
        (await node.PutAsync("parts/a", read.Body!.ToJsonString(), read.ETag)).Status.ShouldBe(200);
        var pool = await node.GetAsync("pools/p");
        (await node.PutAsync("pools/p", pool.Body!.ToJsonString(), pool.ETag)).Status.ShouldBe(200);
        var group = await node.GetAsync("cache-groups/g");
        (await node.PutAsync("cache-groups/g", group.Body!.ToJsonString(), group.ETag)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_copy_gets_an_unused_id_and_circuit_key()
    {
        using var database = await CreateAsync();
        await using var node = await RegistryNode.StartAsync(database);
        await node.SeedAsync();
        await node.PostAsync("parts", Some.FullPart("one"));
        (await node.PostAsync("parts/one/copy")).Body!["partId"]!.GetValue<string>().ShouldBe("one_");
        var second = await node.PostAsync("parts/one/copy");
        second.Body!["partId"]!.GetValue<string>().ShouldBe("one__");
        second.Body!["circuit"]!["key"]!.GetValue<string>().ShouldBe("one-circuit__");
        var named = await node.PostAsync("parts/one/copy", """{"partId":"two","owner":"you"}""");
        named.Status.ShouldBe(201);
        named.Body!["owner"]!.GetValue<string>().ShouldBe("you");
        (await node.PostAsync("parts/one/copy", """{"partId":"two"}""")).Status.ShouldBe(409);
        (await node.PostAsync("parts/none/copy")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task What_is_in_use_cannot_be_deleted()
    {
        using var database = await CreateAsync();
        await using var node = await RegistryNode.StartAsync(database);
        await node.SeedAsync();
        await node.PostAsync("parts", Some.FullPart("one"));
        var pool = await node.DeleteAsync("pools/p");
        pool.Status.ShouldBe(409);
        pool.Body!["usedBy"]![0]!.GetValue<string>().ShouldBe("one");
        (await node.DeleteAsync("cache-groups/g")).Status.ShouldBe(409);
        (await node.DeleteAsync("parts/one")).Status.ShouldBe(204);
        (await node.DeleteAsync("pools/p")).Status.ShouldBe(204);
        (await node.DeleteAsync("cache-groups/g")).Status.ShouldBe(204);
        node.Registry.Current.Pools.ShouldBeEmpty();
    }

    [Fact]
    public async Task All_broken_rules_are_told_at_once()
    {
        using var database = await CreateAsync();
        await using var node = await RegistryNode.StartAsync(database);
        var answer = await node.PostAsync("parts", """
            {"partId":"a/b","uri":"ftp://x","pool":"none","timeout":0,"method":"brew","cacheTtl":-1,"cacheGroups":["none"],"additionalValidStatuses":[200],
             "backend":{"maxConnections":0,"defaultCharset":"x-none","proxy":"http://u:p@proxy"},"retries":{"attempts":6},
             "circuit":{"failureRatio":0},"alerts":{"enabled":true,"interval":10},
             "params":[{"name":"Host","in":"header"},{"name":"","in":"query"},{"name":"q","in":"query"},{"name":"q","in":"query"}]}
            """);
        answer.Status.ShouldBe(400);
        answer.MediaType.ShouldBe("application/problem+json");
        answer.FaultyFields.ShouldBe(
            ["partId", "uri", "pool", "timeout", "method", "cacheTtl", "cacheGroups[0]", "additionalValidStatuses[0]", "backend.maxConnections",
             "backend.defaultCharset", "backend.proxy", "retries.attempts", "circuit.failureRatio", "alerts.interval", "alerts.recipients",
             "alerts.absoluteThreshold", "params[0].name", "params[1].name", "params[3].name"],
            ignoreOrder: true);
        node.Registry.Current.Parts.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_circuit_key_belongs_to_one_part()
    {
        using var database = await CreateAsync();
        await using var node = await RegistryNode.StartAsync(database);
        await node.SeedAsync("a");
        var answer = await node.PostAsync("parts", Some.Part("b", ""","circuit":{"key":"a"}"""));
        answer.FaultyFields.ShouldBe(["circuit.key"]);
    }

    [Fact]
    public async Task An_export_imports_as_the_same_registry()
    {
        using var source = await CreateAsync();
        using var target = await CreateAsync();
        await using var left = await RegistryNode.StartAsync(source);
        await using var right = await RegistryNode.StartAsync(target);
        await left.SeedAsync("a", "b");
        await left.PostAsync("parts", Some.FullPart("full"));
        await left.PostAsync("pools", """{"key":"spare","size":9,"queue":-1}""");
        await left.PostAsync("cache-groups", """{"name":"spare","owner":"o","description":"d"}""");
        var file = (await left.GetAsync("export")).Body!.ToJsonString();

        (await right.PostAsync("import", file)).Status.ShouldBe(200);

        (await right.GetAsync("export")).Body!.ToJsonString().ShouldBe(file);
        right.Registry.Current.Pools["spare"].Size.ShouldBe(9);
        right.Registry.Current.CacheGroups["spare"].Description.ShouldBe("d");
        right.Registry.Current.Parts.Values.Sum(part => part.Faults.Count).ShouldBe(0);
        Json(right.Registry.Current.Parts["full"].Config with { Version = 0 })
            .ShouldBe(Json(left.Registry.Current.Parts["full"].Config with { Version = 0 }));
    }

    [Fact]
    public async Task Parts_may_exchange_their_circuit_keys_in_one_import()
    {
        using var database = await CreateAsync();
        await using var node = await RegistryNode.StartAsync(database);
        await node.SeedAsync("a", "b");
        var file = (await node.GetAsync("export")).Body!.AsArray();
        file[0]!["hystrixConfig"]!["commandKey"] = "b";
        file[1]!["hystrixConfig"]!["commandKey"] = "a";
        var answer = await node.PostAsync("import?mode=update", file.ToJsonString());
        answer.Status.ShouldBe(200);
        answer.Body!["updated"]!.AsArray().Count.ShouldBe(2);
        node.Registry.Current.Parts["a"].CircuitKey.ShouldBe("b");
    }

    [Fact]
    public async Task Another_node_sees_a_change_within_a_second()
    {
        using var database = await CreateAsync();
        await using var one = await RegistryNode.StartAsync(database);
        await using var two = await RegistryNode.StartAsync(database);
        await one.SeedAsync();
        await Eventually.TrueAsync(() => two.Registry.Current.Pools.ContainsKey("p"));
        var began = TimeProvider.System.GetTimestamp();
        await one.PostAsync("parts", Some.Part("a"));
        await Eventually.TrueAsync(() => two.Registry.Current.Parts.ContainsKey("a"));

        // With SQLite the poll, once a second, is all there is.
        TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(database.Provider is Gateway.Storage.StorageProvider.Sqlite ? 2 : 1));
    }

    [Fact]
    public async Task Threat_41_of_concurrent_edits_one_wins_and_the_others_are_told()
    {
        using var database = await CreateAsync();
        await using var one = await RegistryNode.StartAsync(database);
        await using var two = await RegistryNode.StartAsync(database);
        await one.SeedAsync("a");
        var etag = (await one.GetAsync("parts/a")).ETag;
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            (i % 2 == 0 ? one : two).PutAsync("parts/a", Some.Part("a", $$""","description":"edit {{i}}" """), etag)));
        answers.Count(answer => answer.Status == 200).ShouldBe(1, string.Join(",", answers.Select(answer => answer.Status)));
        answers.Count(answer => answer.Status is 412 or 503).ShouldBe(7);
        var won = answers.Single(answer => answer.Status == 200).Body!["description"]!.GetValue<string>();
        foreach (var node in (RegistryNode[])[one, two])
        {
            await Eventually.TrueAsync(() => node.Registry.Current.Parts.GetValueOrDefault("a")?.Config.Description == won);
        }
    }

    [Fact]
    public async Task Threat_41_nothing_is_replaced_blindly()
    {
        using var database = await CreateAsync();
        await using var node = await RegistryNode.StartAsync(database);
        await node.SeedAsync("a");
        (await node.PutAsync("parts/a", Some.Part("a"), ifMatch: null)).Status.ShouldBe(428);
        (await node.PutAsync("pools/p", """{"key":"p"}""", ifMatch: null)).Status.ShouldBe(428);
        (await node.PutAsync("parts/a", Some.Part("a"), ifMatch: "W/\"4\"")).Status.ShouldBe(412);
        (await node.DeleteAsync("parts/a", ifMatch: "\"999\"")).Status.ShouldBe(412);
        (await node.PutAsync("parts/a", Some.Part("a"), ifMatch: "*")).Status.ShouldBe(200);
        (await node.PutAsync("parts/none", Some.Part("none"), ifMatch: "*")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Threat_53_an_import_with_one_fault_changes_nothing()
    {
        using var database = await CreateAsync();
        await using var node = await RegistryNode.StartAsync(database, options => options.AllowedHosts = ["backend"]);
        await node.SeedAsync("a", "b");
        var version = node.Registry.Current.Version;
        var file = (await node.GetAsync("export")).Body!.AsArray();
        file[0]!["partId"] = "new1";
        file[0]!["hystrixConfig"]!["commandKey"] = "new1";
        file[1]!["partId"] = "new2";
        file[1]!["uriToInterpolate"] = "http://169.254.169.254/latest";
        file[1]!["httpPoolSize"] = 0;
        var answer = await node.PostAsync("import", file.ToJsonString());
        answer.Status.ShouldBe(400);
        answer.FaultyFields.ShouldBe(["[1].uriToInterpolate", "[1].httpPoolSize", "[1].hystrixConfig.commandKey"], ignoreOrder: true);
        node.Registry.Current.Parts.Count.ShouldBe(2);
        (await node.PostAsync("import?dryRun=true", $"[{file[0]!.ToJsonString()}]")).Body!["added"]!.AsArray().Count.ShouldBe(1);
        node.Registry.Current.Version.ShouldBe(version);
    }

    static string Json(PartConfig part) => JsonSerializer.Serialize(part, Readable);
}
