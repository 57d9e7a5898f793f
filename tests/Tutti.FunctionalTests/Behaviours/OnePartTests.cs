using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Aggregation;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience;
using Tutti.Samples.Storefront.Raw;

namespace Tutti.FunctionalTests.Behaviours;

/// <summary>One part as plain HTTP: <c>/parts/{partId}</c>.</summary>
public sealed class OnePartTests(SharedGateway shared)
{
    readonly TestGateway _gateway = shared.Gateway;

    [Fact]
    public async Task The_backend_s_own_status_reason_and_headers_are_passed_on_without_those_of_the_connection()
    {
        await using var backend = RawBackend.Start(async (connection, ct) =>
        {
            await connection.ReadRequestAsync(ct);
            await connection.WriteAsync(
                "HTTP/1.1 404 Gone fishing\r\nConnection: X-Hop, close\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nUpgrade: h2c\r\n"
                + "Content-Length: 5\r\nX-Many: a\r\nX-Many: b\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2; Path=/\r\nETag: \"e\"\r\nServer: own\r\n"
                + "Content-Disposition: attachment; filename=\"a.bin\"\r\n\r\nhello",
                ct);
        });

        using var answer = await GetAsync(Some.Part($"{backend.Url}/"));

        ((int)answer.StatusCode, answer.ReasonPhrase, await TextAsync(answer)).ShouldBe((404, "Gone fishing", "hello"));
        answer.Headers.GetValues("X-Many").ShouldBe(["a", "b"]);
        answer.Headers.GetValues("Set-Cookie").ShouldBe(["a=1", "b=2; Path=/"]);
        (answer.Headers.ETag!.Tag, answer.Headers.Server.ToString()).ShouldBe(("\"e\"", ""));
        answer.Content.Headers.ContentDisposition!.ToString().ShouldBe("attachment; filename=\"a.bin\"");
        answer.Content.Headers.ContentLength.ShouldBe(5);
        new[] { "X-Hop", "Keep-Alive", "Upgrade", "Connection" }.ShouldAllBe(name => !answer.Headers.Contains(name));
    }

    [Theory]
    [InlineData("get")]
    [InlineData("head")]
    public async Task HEAD_tells_what_GET_would_and_has_no_body(string method)
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.ContentLength = 5;
            context.Response.Headers["X-A"] = "a";
            return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync("hello");
        });
        var part = Some.Part(backend.Url) with { Method = method, Pool = Some.Name("pool") };
        await _gateway.RegisterAsync(part);
        using var request = new HttpRequestMessage(HttpMethod.Head, $"/parts/{part.PartId}");

        using var answer = await _gateway.Traffic.SendAsync(request);

        ((int)answer.StatusCode, answer.Content.Headers.ContentLength, await TextAsync(answer)).ShouldBe((200, 5L, ""));
        answer.Headers.GetValues("X-A").ShouldBe(["a"]);
        await Eventually.BeAsync(() => Pool(part).Active, 0);
    }

    [Theory]
    [InlineData("HTTP/1.1 204 No Content\r\nX-A: a\r\n\r\n", 204)]
    [InlineData("HTTP/1.1 204 No Content\r\nX-A: a\r\nContent-Length: 5\r\n\r\nhello", 204)]
    [InlineData("HTTP/1.1 205 Reset Content\r\nX-A: a\r\nContent-Length: 5\r\n\r\nhello", 205)]
    [InlineData("HTTP/1.1 304 Not Modified\r\nX-A: a\r\nContent-Length: 5\r\n\r\n", 304)]
    [InlineData("HTTP/1.1 205 Reset Content\r\nX-A: a\r\nContent-Length: 0\r\n\r\n", 205)]
    public async Task Statuses_without_a_body_are_passed_on(string head, int status)
    {
        await using var backend = RawBackend.Start(async (connection, ct) =>
        {
            await connection.ReadRequestAsync(ct);
            await connection.WriteAsync(head, ct);
        });

        using var answer = await GetAsync(Some.Part($"{backend.Url}/"));

        ((int)answer.StatusCode, await TextAsync(answer)).ShouldBe((status, ""));
        answer.Headers.GetValues("X-A").ShouldBe(["a"]);
    }

    [Fact]
    public async Task The_first_byte_arrives_before_the_last_is_sent_and_the_place_is_held_until_then()
    {
        var release = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(async context =>
        {
            await context.Response.WriteAsync("first");
            await context.Response.Body.FlushAsync();
            await release.Task;
            await context.Response.WriteAsync("last");
        });
        var part = Some.Part(backend.Url) with { Pool = Some.Name("pool") };
        await _gateway.RegisterAsync(part);

        using var answer = await _gateway.Traffic.GetAsync($"/parts/{part.PartId}", HttpCompletionOption.ResponseHeadersRead);

        await using var body = await answer.Content.ReadAsStreamAsync();
        var first = new byte[5];
        await body.ReadExactlyAsync(first);
        Encoding.ASCII.GetString(first).ShouldBe("first");
        Pool(part).Active.ShouldBe(1);
        release.SetResult();
        (await new StreamReader(body).ReadToEndAsync()).ShouldBe("last");
        await Eventually.BeAsync(() => Pool(part).Active, 0);
    }

    [Theory]
    [InlineData("POST", "gzip", 415)]
    [InlineData("POST", "identity", 200)]
    [InlineData("GET", null, 405)]
    public async Task Another_method_or_a_compressed_body_is_refused(string method, string? coding, int status)
    {
        await using var backend = await Backend.StartAsync();
        var part = await _gateway.RegisterOneAsync(Some.Part(backend.Url, Some.Param(ParamKind.Body, "b")) with { Method = "post" });
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/parts/{part}") { Content = new StringContent("x") };
        if (coding is not null)
        {
            request.Content.Headers.Add("Content-Encoding", coding);
        }

        ((int)(await _gateway.Traffic.SendAsync(request)).StatusCode).ShouldBe(status);

        backend.Requests.Length.ShouldBe(status == 200 ? 1 : 0);
    }

    [Fact]
    public async Task Threat_66_above_the_limit_of_the_gateway_it_is_503_at_once()
    {
        var release = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(_ => release.Task);
        await using var gateway = await TestGateway.StartAsync("Aggregates:MaxConcurrent=1");
        var part = await gateway.RegisterOneAsync(Some.Part(backend.Url));
        var held = gateway.Traffic.GetAsync($"/parts/{part}");
        await Eventually.BeAsync(() => backend.Requests.Length, 1);

        using var refused = await gateway.Traffic.GetAsync($"/parts/{part}");

        ((int)refused.StatusCode, refused.Headers.RetryAfter?.Delta).ShouldBe((503, TimeSpan.FromSeconds(1)));
        release.SetResult();
        (await held).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Eventually.BeAsync(() => gateway.Get<AggregateGate>().Running, 0);
        (await gateway.Traffic.GetAsync($"/parts/{part}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>The body, or of a problem its sentence.</summary>
    internal static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.Content.Headers.ContentType?.MediaType == "application/problem+json" && text.Length > 0
            ? JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString()!
            : text;
    }

    async Task<HttpResponseMessage> GetAsync(PartConfig part)
    {
        await _gateway.RegisterAsync(part);
        return await _gateway.Traffic.GetAsync($"/parts/{part.PartId}");
    }

    PartPool Pool(PartConfig part) => _gateway.Get<ResilienceStates>().PoolOf(Some.Pool(part.Pool, size: 1));
}
