using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Tutti.Batching.Tests.Doors;

/// <summary>The JSON batch.</summary>
public sealed class PostTests
{
    [Fact]
    public async Task Requests_are_answered_by_responses_with_id_status_headers_and_body()
    {
        await using var host = await Host.SampleAsync();

        var reply = await host.PostTextAsync("""
            {"requests":[
              {"id":"1","method":"post","url":"/orders","headers":{"Content-Type":"application/json"},"body":{"product":"book","count":2}},
              {"id":"2","method":"GET","url":"foo"},
              {"id":"3","method":"DELETE","url":"/foo"}]}
            """);

        reply.Status.ShouldBe(200);
        reply.Text.ShouldBe("""{"responses":[{"id":"1","status":201,"headers":{"Location":"/orders/41","Content-Type":"application/json; charset=utf-8"},"body":{"id":41,"product":"book","count":2}},{"id":"2","status":200,"headers":{"Content-Type":"application/json; charset=utf-8"},"body":{"name":"foo"}},{"id":"3","status":405,"headers":{"Allow":"GET"}}],"complete":false}""");
    }

    [Fact]
    public async Task Bodies_bind_and_are_sent_as_their_type_says()
    {
        await using var host = await Host.StartAsync(app => app.MapPost("/echo", async (HttpContext context) =>
        {
            using var bytes = new MemoryStream();
            await context.Request.Body.CopyToAsync(bytes);
            return $"{context.Request.ContentType} {context.Request.ContentLength} {Convert.ToHexString(bytes.ToArray())}";
        }));

        var responses = await host.AskAsync(
            new { id = "json", method = "POST", url = "/echo", body = new { a = 1 } },
            new { id = "string", method = "POST", url = "/echo", body = "x" },
            new { id = "text", method = "POST", url = "/echo", headers = new Dictionary<string, string> { ["content-type"] = "text/plain" }, body = "é" },
            new { id = "latin", method = "POST", url = "/echo", headers = new Dictionary<string, string> { ["Content-Type"] = "text/plain; charset=iso-8859-1" }, body = "é" },
            new { id = "binary", method = "POST", url = "/echo", headers = new Dictionary<string, string> { ["Content-Type"] = "image/png" }, body = "/+8=" },
            new { id = "url", method = "POST", url = "/echo", headers = new Dictionary<string, string> { ["Content-Type"] = "image/png" }, body = "_-8" },
            new { id = "wrong", method = "POST", url = "/echo", headers = new Dictionary<string, string> { ["Content-Type"] = "image/png" }, body = "???" },
            new { id = "none", method = "POST", url = "/echo", body = (string?)null });

        Text("json").ShouldBe("application/json 7 7B2261223A317D");
        Text("string").ShouldBe("application/json 3 227822");
        Text("text").ShouldBe("text/plain 2 C3A9");
        Text("latin").ShouldBe("text/plain; charset=iso-8859-1 1 E9");
        Text("binary").ShouldBe("image/png 2 FFEF");
        Text("url").ShouldBe("image/png 2 FFEF");
        Text("none").ShouldBe("  ");
        responses["wrong"].GetProperty("status").GetInt32().ShouldBe(400);

        string? Text(string id) => responses[id].GetProperty("body").GetString();
    }

    [Fact]
    public async Task A_controller_binds_its_body_and_refuses_what_is_wrong()
    {
        await using var host = await Host.SampleAsync();

        var responses = await host.AskAsync(
            new { id = "good", method = "POST", url = "/products", body = new { product = "x", count = 1 } },
            new { id = "bad", method = "POST", url = "/products", body = new { product = "x", count = 0 } },
            new { id = "form", method = "POST", url = "/products", body = new { product = 1 } });

        responses["good"].GetProperty("body").GetRawText().ShouldBe("""{"product":"x","count":1}""");
        responses["bad"].GetProperty("status").GetInt32().ShouldBe(400);
        responses["form"].GetProperty("status").GetInt32().ShouldBe(400);
    }

    [Theory]
    [InlineData("""{"requests":[{"id":"1","method":"GET"}]}""", "Request '1': 'url' is missing")]
    [InlineData("""{"requests":[{"method":"GET","url":"/a"}]}""", "Request 1: 'id' is missing")]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":null}]}""", "Request '1': 'url' is missing")]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"/a","dependOn":[]}]}""", "'dependOn' is unknown in request '1'")]
    [InlineData("""{"requests":[{"id":"1","method":"G T","url":"/a"}]}""", "Request '1': 'G T' is no method")]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"/a"},{"id":"1","method":"GET","url":"/a"}]}""", "The id '1' is there twice: each id is used once")]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"/a","url":"/b"}]}""", "Request '1': 'url' is there twice")]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"/a","headers":{"A":"1","a":"2"}}]}""", "Request '1': The header 'a' is there twice")]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"/a","headers":{"A":"x\r\nB: 1"}}]}""", "Request '1': The header 'A' holds a control character")]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"/a","headers":{"A B":"x"}}]}""", "Request '1': 'A B' is no name of a header")]
    [InlineData("""{"requests":[],"requests":[]}""", "'requests' is there twice")]
    [InlineData("""{"request":[]}""", "'request' is unknown in the batch")]
    [InlineData("""{}""", "The batch has no 'requests'")]
    [InlineData("""[]""", "The batch is no object: write {\"requests\":[...]}")]
    [InlineData("""{"requests":7}""", "'requests' is no array")]
    [InlineData("""{"requests":[{"id":"\ud800","method":"GET","url":"/a"}]}""", "The batch holds an escape that is no character")]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"/a","dependsOn":["2"]}]}""", "Request '1': it depends on '2', which no request has as its id")]
    public async Task A_malformed_batch_is_refused_as_a_whole_and_says_why(string batch, string fault)
    {
        var ran = 0;
        await using var host = await Host.StartAsync(app => app.MapGet("/a", () => ++ran));

        var reply = await host.PostTextAsync(batch);

        (reply.Status, ran).ShouldBe((400, 0));
        reply.Errors.ShouldBe([fault]);
    }

    [Fact]
    public async Task All_faults_are_told_at_once_and_annotations_are_none()
    {
        await using var host = await Host.SampleAsync();

        var reply = await host.PostTextAsync("""{"@odata.context":1,"requests":[{"id":"1","@x":2,"method":7},{"url":"/a"}]}""");

        reply.Errors.Length.ShouldBe(5);
    }

    [Theory]
    [InlineData("multipart/mixed; boundary=b")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task Another_media_type_is_415_with_what_is_accepted(string? type)
    {
        await using var host = await Host.SampleAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/batch") { Content = new ByteArrayContent("--b--"u8.ToArray()) };
        request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);

        var reply = await host.SendAsync(request);

        (reply.Status, reply.Header("Accept-Post")).ShouldBe((415, "application/json"));
        reply.Json.GetProperty("detail").GetString()!.ShouldContain("application/json is accepted");
    }

    [Fact]
    public async Task Under_another_charset_or_behind_a_mark_it_is_the_same_batch()
    {
        await using var host = await Host.SampleAsync();
        const string Batch = """{"requests":[{"id":"é","method":"GET","url":"/foo"}]}""";

        foreach (var (charset, bytes) in new[] { ("utf-16", Encoding.Unicode.GetBytes(Batch)), ("utf-8", [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(Batch)]) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/batch") { Content = new ByteArrayContent(bytes) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", charset);
            (await host.SendAsync(request)).Responses.Keys.ShouldBe(["é"]);
        }
    }

    [Fact]
    public async Task An_atomicity_group_is_501_for_its_requests_and_the_others_run()
    {
        await using var host = await Host.SampleAsync();

        var responses = await host.AskAsync(
            new { id = "1", atomicityGroup = "g", method = "GET", url = "/foo" },
            new { id = "2", method = "GET", url = "/foo" },
            new { id = "3", method = "GET", url = "/foo", dependsOn = new[] { "g" } });

        responses.ToDictionary(pair => pair.Key, pair => pair.Value.GetProperty("status").GetInt32()).ShouldBe(new Dictionary<string, int> { ["1"] = 501, ["2"] = 200, ["3"] = 424 });
        responses["1"].GetProperty("body").GetProperty("detail").GetString()!.ShouldContain("no transactions");
        responses["1"].GetProperty("atomicityGroup").GetString().ShouldBe("g");
    }

    [Theory]
    [InlineData("/me", "/v1.0/me")]
    [InlineData("me", "/v1.0/me")]
    [InlineData("/v1.0/me", "/v1.0/me")]
    [InlineData("../me", "/me")]
    public async Task Under_the_name_batch_with_a_dollar_urls_are_those_of_Graph_and_OData(string url, string path)
    {
        await using var host = await Host.StartAsync(app => app.MapFallback((HttpContext context) => context.Request.Path.Value!), path: "/v1.0/$batch");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1.0/$batch") { Content = new StringContent(JsonSerializer.Serialize(new { requests = new[] { new { id = "1", method = "GET", url } } }), Encoding.UTF8, "application/json") };

        var reply = await host.SendAsync(request);

        Encoding.UTF8.GetString(reply.Responses["1"].GetProperty("body").GetBytesFromBase64()).ShouldBe(path);
    }

    [Theory]
    [InlineData("http://evil.test/a", 400)]
    [InlineData("//evil.test/a", 400)]
    [InlineData("https://SELF/a", 400)]
    [InlineData("http://SELF:1/a", 400)]
    [InlineData("ftp://SELF/a", 400)]
    [InlineData("http://user@SELF/a", 400)]
    [InlineData("/a\u0007", 400)]
    [InlineData("/%00", 400)]
    [InlineData("http://SELF/a", 200)]
    [InlineData("/a?b=é d#e", 200)]
    public async Task A_url_leads_to_this_host_or_nowhere(string url, int status)
    {
        await using var host = await Host.StartAsync(app => app.MapGet("/a", (HttpContext context) => context.Request.QueryString.Value!));

        var responses = await host.AskAsync(new { id = "1", method = "GET", url = url.Replace("SELF", host.Client.BaseAddress!.Authority, StringComparison.Ordinal) });

        responses["1"].GetProperty("status").GetInt32().ShouldBe(status);
        if (url.Contains('é', StringComparison.Ordinal))
        {
            responses["1"].GetProperty("body").GetString().ShouldBe("?b=%C3%A9%20d%23e");
        }
    }
}
