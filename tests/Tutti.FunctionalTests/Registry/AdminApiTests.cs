using System.Text;

namespace Tutti.FunctionalTests.Registry;

/// <summary>The admin API's manners, which do not depend on the database.</summary>
public sealed class AdminApiTests
{
    [Fact]
    public async Task Threat_54_like_wildcards_are_literal()
    {
        using var database = TestDatabase.Sqlite();
        await using var node = await RegistryNode.StartAsync(database);
        await node.SeedAsync("plain", "per%cent", "under_score");
        (await TotalAsync(node, "%25")).ShouldBe(1);
        (await TotalAsync(node, "_")).ShouldBe(1);
        (await TotalAsync(node, "PLAIN")).ShouldBe(1);
        (await TotalAsync(node, "")).ShouldBe(3);
    }

    [Fact]
    public async Task Threat_54_sql_in_ids_and_searches_is_text()
    {
        using var database = TestDatabase.Sqlite();
        await using var node = await RegistryNode.StartAsync(database);
        const string id = "x'; DROP TABLE Parts; --";
        await node.SeedAsync(id);
        (await TotalAsync(node, Uri.EscapeDataString("' OR 1=1 --"))).ShouldBe(0);
        (await node.GetAsync($"parts/{Uri.EscapeDataString(id)}")).Status.ShouldBe(200);
        await using var again = await RegistryNode.StartAsync(database);
        again.Registry.Current.Parts.Keys.ShouldBe([id]);
    }

    [Fact]
    public async Task Threat_54_only_known_fields_sort()
    {
        using var database = TestDatabase.Sqlite();
        await using var node = await RegistryNode.StartAsync(database);
        await node.SeedAsync("b", "a", "c");
        (await node.GetAsync("parts?sort=partId;DROP")).FaultyFields.ShouldBe(["sort"]);
        (await node.GetAsync("parts?sort=-partId&pageSize=2&page=1")).Body!["items"]!.AsArray().Select(item => item!["partId"]!.GetValue<string>()).ShouldBe(["c", "b"]);
        (await node.GetAsync("parts?sort=-partId&pageSize=2&page=2")).Body!["items"]!.AsArray().Count.ShouldBe(1);
        (await node.GetAsync("parts?page=0&pageSize=9999")).FaultyFields.ShouldBe(["page", "pageSize"]);
    }

    [Fact]
    public async Task Warnings_are_shown_on_reading()
    {
        using var database = TestDatabase.Sqlite();
        await using var node = await RegistryNode.StartAsync(database);
        await node.SeedAsync();
        var answer = await node.PostAsync("parts", """
            {"partId":"w","uri":"http://h/a b/${none}?q=${opt}","pool":"p","backend":{"verifyTls":false},
             "params":[{"name":"opt","in":"path"},{"name":"left","in":"path","required":true}]}
            """);
        var warnings = string.Join('\n', answer.Body!["warnings"]!.AsArray().Select(warning => warning!.GetValue<string>()));
        foreach (var part in (string[])["${none} has no path param", "'left' has no placeholder", "'opt' is optional", "placeholder in the query", "blanks", "30 days", "verifyTls is off"])
        {
            warnings.ShouldContain(part);
        }
    }

    [Theory]
    [InlineData("{\"key\":\"p\",", "line 1")]
    [InlineData("{\"key\":\"p\"\n,\"size\":tru}", "line 2")]
    [InlineData("{\"key\":\"p\",\"key\":\"q\"}", "Duplicate")]
    [InlineData("{\"key\":\"p\" /* no */}", "line 1")]
    [InlineData("{\"\\ud800\":1}", "surrogate")]
    [InlineData("", "line 1")]
    public async Task Malformed_json_is_told_with_its_place(string json, string told)
    {
        using var database = TestDatabase.Sqlite();
        await using var node = await RegistryNode.StartAsync(database);
        var answer = await node.PostAsync("pools", json);
        answer.Status.ShouldBe(400);
        answer.MediaType.ShouldBe("application/problem+json");
        answer.Body!["detail"]!.GetValue<string>().ShouldContain(told, Case.Insensitive);
    }

    [Fact]
    public async Task Every_field_of_the_wrong_form_is_named()
    {
        using var database = TestDatabase.Sqlite();
        await using var node = await RegistryNode.StartAsync(database);
        var answer = await node.PostAsync("parts", """
            {"partId":1,"uri":null,"bogus":true,"timeout":1.5,"owner":"\ud800","params":[null,{"in":"soup"}],"backend":[],"cacheGroups":[null]}
            """);
        answer.Status.ShouldBe(400);
        answer.FaultyFields.ShouldBe(
            ["partId", "uri", "bogus", "timeout", "owner", "params[0]", "params[1].in", "params[1].name", "backend", "cacheGroups[0]", "pool"], ignoreOrder: true);
    }

    [Fact]
    public async Task Wrong_forms_and_broken_rules_are_told_together()
    {
        using var database = TestDatabase.Sqlite();
        await using var node = await RegistryNode.StartAsync(database);
        await node.SeedAsync("a");
        var created = await node.PostAsync("parts", """
            {"partId":"x","pool":"none","bogus":1,"timeout":0,"cacheTtl":"soon","params":[{"name":"","in":"query"},{"in":"soup"}],"backend":{"maxConnections":0}}
            """);
        created.Status.ShouldBe(400);
        created.FaultyFields.ShouldBe(
            ["uri", "pool", "bogus", "timeout", "cacheTtl", "params[0].name", "params[1].in", "params[1].name", "backend.maxConnections"], ignoreOrder: true);
        created.Body!["errors"]!.AsObject().ShouldAllBe(field => field.Value!.AsArray().Count == 1);

        var replaced = await node.PutAsync("parts/a", """{"partId":"b","uri":"http://h/","pool":"p","timeout":0,"owner":7}""");
        replaced.FaultyFields.ShouldBe(["partId", "timeout", "owner"], ignoreOrder: true);
        (await node.PostAsync("pools", """{"key":1,"size":0,"queue":"long"}""")).FaultyFields.ShouldBe(["key", "size", "queue"], ignoreOrder: true);
        node.Registry.Current.Parts.Keys.ShouldBe(["a"]);
    }

    [Fact]
    public async Task Wrong_forms_and_broken_rules_of_a_file_are_told_together()
    {
        using var database = TestDatabase.Sqlite();
        await using var node = await RegistryNode.StartAsync(database);
        await node.SeedAsync("a", "b");
        var file = (await node.GetAsync("export")).Body!.AsArray();
        await node.DeleteAsync("parts/a");
        await node.DeleteAsync("parts/b");
        file[0]!["owner"] = 5;
        file[0]!["httpPoolSize"] = 0;
        file[1]!["method"] = "brew";
        file[1]!.AsObject().Remove("hystrixConfig");
        (await node.PostAsync("import", file.ToJsonString())).FaultyFields
            .ShouldBe(["[0].owner", "[0].httpPoolSize", "[1].method", "[1].hystrixConfig"], ignoreOrder: true);
        node.Registry.Current.Parts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Threat_53_garbage_in_plenty_gets_a_short_answer()
    {
        using var database = TestDatabase.Sqlite();
        await using var node = await RegistryNode.StartAsync(database);
        (await node.PostAsync("import", $"[{string.Join(',', Enumerable.Repeat('1', 200_000))}]")).FaultyFields.Count().ShouldBe(1_000);
        var fields = string.Join(',', Enumerable.Range(0, 20_000).Select(n => $"\"f{n}\":1"));
        (await node.PostAsync("pools", $"{{{fields}}}")).FaultyFields.Count().ShouldBeLessThan(1_010);
    }

    [Fact]
    public async Task Threat_53_a_file_above_the_limit_is_refused_before_it_is_read()
    {
        using var database = TestDatabase.Sqlite();
        await using var node = await RegistryNode.StartAsync(database, options => options.MaxImportBytes = 2_000);
        (await node.PostAsync("import", $"[{new string(' ', 3_000)}]")).Status.ShouldBe(413);
        using var content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes($"[{new string(' ', 3_000)}]")));
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/api/import") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        using var chunked = await node.Http.SendAsync(request, TestContext.Current.CancellationToken);
        ((int)chunked.StatusCode).ShouldBe(413);
    }

    [Fact]
    public async Task Threat_53_depth_bombs_and_foreign_documents_are_refused()
    {
        using var database = TestDatabase.Sqlite();
        await using var node = await RegistryNode.StartAsync(database);
        (await node.PostAsync("import", new string('[', 100_000))).Status.ShouldBe(400);
        (await node.PostAsync("import", """{"parts":[]}""")).Status.ShouldBe(400);
        (await node.PostAsync("import", """[{"partId":"a"}]""")).FaultyFields.ShouldContain("[0].hystrixConfig");
        (await node.PostAsync("import?mode=replace", "[]")).FaultyFields.ShouldBe(["mode"]);
    }

    [Fact]
    public async Task Threat_6_and_7_a_part_cannot_lead_to_another_host()
    {
        using var database = TestDatabase.Sqlite();
        await using var node = await RegistryNode.StartAsync(database, options => options.AllowedHosts = ["backend", "*.example.org", "only:8080"]);
        await node.SeedAsync();
        foreach (var uri in (string[])["http://${h}/", "http://a@backend/", "http://169.254.169.254/", "http://example.org.evil/", "http://only:81/", "http://[::1]/", "http://backend\\\\@evil/"])
        {
            var answer = await node.PostAsync("parts", $$"""{"partId":"x","uri":"{{uri}}","pool":"p"}""");
            answer.FaultyFields.ShouldBe(["uri"], uri);
        }

        (await node.PostAsync("parts", """{"partId":"x","uri":"http://a.example.org:99/","pool":"p"}""")).Status.ShouldBe(201);
        (await node.PostAsync("parts", """{"partId":"y","uri":"http://only:8080/","pool":"p","backend":{"proxy":"evil:3128"}}""")).FaultyFields.ShouldBe(["backend.proxy"]);
    }

    [Fact]
    public async Task Threat_65_a_bad_change_leaves_the_old_registry_as_it_was()
    {
        using var database = TestDatabase.Sqlite();
        await using var node = await RegistryNode.StartAsync(database);
        await node.SeedAsync("a");
        var before = node.Registry.Current;
        (await node.PutAsync("parts/a", Some.Part("a", ""","timeout":-1"""))).Status.ShouldBe(400);
        (await node.PutAsync("pools/p", """{"key":"p","size":0}""")).Status.ShouldBe(400);
        node.Registry.Current.ShouldBeSameAs(before);
    }

    [Fact]
    public async Task Html_forms_of_other_sites_cannot_post()
    {
        using var database = TestDatabase.Sqlite();
        await using var node = await RegistryNode.StartAsync(database);
        using var form = new StringContent("""{"key":"p"}""", Encoding.UTF8, "text/plain");
        using var answer = await node.Http.PostAsync(new Uri("/admin/api/pools", UriKind.Relative), form, TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(415);
        node.Registry.Current.Pools.ShouldBeEmpty();
    }

    static async Task<int> TotalAsync(RegistryNode node, string search) =>
        (await node.GetAsync($"parts?search={search}")).Body!["total"]!.GetValue<int>();
}
