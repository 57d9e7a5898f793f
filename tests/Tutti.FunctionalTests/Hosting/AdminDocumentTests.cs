using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Tutti.FunctionalTests.Hosting;

/// <summary>The OpenAPI document of the admin API says what the API does, and the page that shows it talks to nobody else.</summary>
public sealed class AdminDocumentTests
{
    const string Part = """{"partId":"a","uri":"http://127.0.0.1:1/${x}","pool":"p","params":[{"name":"x","in":"path"}],"cacheGroups":["g"]}""";

    /// <summary>Method, path in the document, path asked for, If-Match, body.</summary>
    static readonly (string Method, string Path, string Asked, string? IfMatch, string? Body)[] Calls =
    [
        ("post", "/admin/api/pools", "/admin/api/pools", null, """{"key":"p"}"""),
        ("post", "/admin/api/pools", "/admin/api/pools", null, """{"key":"p"}"""),
        ("post", "/admin/api/cache-groups", "/admin/api/cache-groups", null, """{"name":"g"}"""),
        ("post", "/admin/api/parts", "/admin/api/parts", null, Part),
        ("post", "/admin/api/parts", "/admin/api/parts", null, """{"partId":5}"""),
        ("post", "/admin/api/parts/{key}/copy", "/admin/api/parts/a/copy", null, null),
        ("get", "/admin/api/parts", "/admin/api/parts?page=1&sort=-partId", null, null),
        ("get", "/admin/api/parts", "/admin/api/parts?page=none", null, null),
        ("get", "/admin/api/parts/{key}", "/admin/api/parts/a", null, null),
        ("get", "/admin/api/parts/{key}", "/admin/api/parts/none", null, null),
        ("put", "/admin/api/parts/{key}", "/admin/api/parts/a", null, Part),
        ("put", "/admin/api/parts/{key}", "/admin/api/parts/a", "\"0\"", Part),
        ("put", "/admin/api/parts/{key}", "/admin/api/parts/a", "*", Part),
        ("get", "/admin/api/pools", "/admin/api/pools", null, null),
        ("delete", "/admin/api/pools/{key}", "/admin/api/pools/p", null, null),
        ("get", "/admin/api/cache-groups", "/admin/api/cache-groups", null, null),
        ("get", "/admin/api/cache-groups/{key}", "/admin/api/cache-groups/g", null, null),
        ("get", "/admin/api/export", "/admin/api/export", null, null),
        ("post", "/admin/api/import", "/admin/api/import?dryRun=maybe", null, "[]"),
        ("post", "/admin/api/import", "/admin/api/import?mode=update&dryRun=true", null, "[]"),
        ("get", "/admin/api/circuits", "/admin/api/circuits", null, null),
        ("put", "/admin/api/circuits/{key}", "/admin/api/circuits/a", null, """{"state":"open","forSeconds":5}"""),
        ("delete", "/admin/api/circuits/{key}/force", "/admin/api/circuits/a/force", null, null),
        ("get", "/admin/api/pool-states", "/admin/api/pool-states", null, null),
        ("get", "/admin/api/cache", "/admin/api/cache", null, null),
        ("post", "/admin/api/cache/invalidate", "/admin/api/cache/invalidate", null, null),
        ("post", "/admin/api/cache/invalidate", "/admin/api/cache/invalidate?mode=hazy", null, null),
        ("post", "/admin/api/cache/invalidate", "/admin/api/cache/invalidate?mode=soft", null, """{"partId":"a","params":[{"key":"x","value":"1"}]}"""),
        ("post", "/admin/api/cache/invalidate", "/admin/api/cache/invalidate", null, """{"partId":"a","params":[{"key":"y"}]}"""),
        ("post", "/admin/api/cache/invalidate", "/admin/api/cache/invalidate", null, """{"partId":"none"}"""),
        ("put", "/admin/api/services/{key}", "/admin/api/services/s", null, """{"name":"s","healthCheck":{"path":"/"},"source":{"kind":"dns","name":"localhost:1"}}"""),
        ("put", "/admin/api/services/{key}", "/admin/api/services/s", null, """{"name":"s","retries":2}"""),
        ("put", "/admin/api/services/{key}", "/admin/api/services/s", "\"0\"", """{"name":"s"}"""),
        ("get", "/admin/api/services", "/admin/api/services", null, null),
        ("put", "/admin/api/bundles/{key}", "/admin/api/bundles/b", null, """{"bundleId":"b","name":"b","endpoints":[{"name":"e","service":"s"}]}"""),
        ("get", "/admin/api/bundles/{key}", "/admin/api/bundles/b", null, null),
        ("get", "/admin/api/bundles/{key}/environment", "/admin/api/bundles/b/environment", null, null),
        ("put", "/admin/api/instances/{key}", "/admin/api/instances/i", null, """{"instanceId":"i","bundle":"b","addresses":[{"service":"s","address":"127.0.0.1:1"}]}"""),
        ("put", "/admin/api/instances/{key}", "/admin/api/instances/i", null, """{"instanceId":"i"}"""),
        ("put", "/admin/api/instances/{key}/heartbeat", "/admin/api/instances/i/heartbeat", null, null),
        ("put", "/admin/api/instances/{key}/heartbeat", "/admin/api/instances/none/heartbeat", null, null),
        ("get", "/admin/api/instance-states", "/admin/api/instance-states?sort=-state", null, null),
        ("delete", "/admin/api/services/{key}", "/admin/api/services/s", null, null),
        ("delete", "/admin/api/parts/{key}", "/admin/api/parts/a_", null, null),
    ];

    [Fact]
    public async Task Answers_are_as_the_document_says()
    {
        await using var node = await Node.StartAsync();
        await node.SeedAsync();
        var document = (await node.SendAsync(HttpMethod.Get, "/openapi/admin.json")).Json!;
        var faults = new List<string>();
        foreach (var (method, path, asked, ifMatch, body) in Calls)
        {
            using var request = new HttpRequestMessage(HttpMethod.Parse(method), asked);
            request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            if (ifMatch is not null)
            {
                request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
            }

            using var answer = await node.Management.SendAsync(request, TestContext.Current.CancellationToken);
            faults.AddRange(await FaultsAsync(document, method, path, answer));
        }

        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_client_must_send_is_in_the_document()
    {
        await using var node = await Node.StartAsync();
        var document = (await node.SendAsync(HttpMethod.Get, "/openapi/admin.json")).Json!;
        foreach (var path in (string[])["parts", "pools", "cache-groups"])
        {
            var entry = document["paths"]![$"/admin/api/{path}/{{key}}"]!;
            Parameter(entry["put"]!, "If-Match")["required"]!.GetValue<bool>().ShouldBeTrue();
            Parameter(entry["delete"]!, "If-Match").ShouldNotBeNull();
            Parameter(document["paths"]![$"/admin/api/{path}"]!["get"]!, "page")["schema"]!["type"]!.GetValue<string>().ShouldBe("integer");
        }

        Parameter(document["paths"]!["/admin/api/import"]!["post"]!, "mode")["schema"]!["enum"]!.ToJsonString().ShouldBe("""["add","update"]""");

        // Numbers are numbers: text in their place is refused.
        document["components"]!["schemas"]!["PartConfig"]!["properties"]!["timeout"]!["type"]!.ToJsonString().ShouldBe("\"integer\"");
    }

    [Fact]
    public async Task The_page_has_no_tools_that_send_the_document_elsewhere()
    {
        await using var node = await Node.StartAsync();
        var page = await node.Management.GetStringAsync("/scalar/", TestContext.Current.CancellationToken);
        page.ShouldNotContain("http://");
        page.ShouldNotContain("https://");
        page.ShouldContain("\"showDeveloperTools\":\"never\"");
        page.ShouldContain("\"hideClientButton\":true");
        page.ShouldContain("\"agent\":{\"disabled\":true}");
    }

    static async Task<string[]> FaultsAsync(JsonNode document, string method, string path, HttpResponseMessage answer)
    {
        var (name, status) = ($"{method} {path}", (int)answer.StatusCode);
        if (document["paths"]![path]![method]!["responses"]![$"{status}"] is not { } described)
        {
            return [$"{name}: {status} is not in the document"];
        }

        string[] headers = [.. described["headers"]?.AsObject().Select(header => header.Key).Where(header => !answer.Headers.Contains(header)) ?? []];
        var text = await answer.Content.ReadAsStringAsync();
        var media = answer.Content.Headers.ContentType?.MediaType;
        var schema = media is null ? null : described["content"]?[media]?["schema"];
        return (text.Length, schema) switch
        {
            (0, _) => [.. headers.Select(header => $"{name}: {header} is missing")],
            (_, null) => [$"{name}: {status} has {media}, which is not in the document"],
            _ => [.. headers.Select(header => $"{name}: {header} is missing"),
                .. new DocumentSchema(document).Faults(JsonNode.Parse(text), schema, media == "application/problem+json" ? "problem" : name)],
        };
    }

    static JsonNode Parameter(JsonNode operation, string name) => operation["parameters"]!.AsArray().Single(parameter => parameter!["name"]!.GetValue<string>() == name)!;
}
