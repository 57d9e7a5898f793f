using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tutti.Contracts.Aggregation;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience;

namespace Tutti.FunctionalTests.Behaviours;

/// <summary>Octoparts' behaviours 28 to 33, 38 to 40, with what Tutti decided otherwise.</summary>
public sealed class BackendCallTests(SharedGateway shared)
{
    readonly TestGateway _gateway = shared.Gateway;

    // 28
    [Fact]
    public async Task Every_call_carries_the_ids_and_no_param_hides_them()
    {
        await using var backend = await Backend.StartAsync();
        var part = Some.Part(backend.Url, Some.Param(ParamKind.Header, "x-octoparts-request-id"));
        await _gateway.RegisterAsync(part);

        await _gateway.AskAsync(new AggregateRequest(new RequestMeta("parent ü"), [Some.Ask(part.PartId, ("x-octoparts-request-id", "forged")) with { Id = "mine" }]));

        backend.Request.Header("X-OCTOPARTS-PARENT-REQUEST-ID").ShouldBe("parent %C3%BC");
        backend.Request.Header("X-OCTOPARTS-REQUEST-ID").ShouldBe("mine");
        backend.Request.Header("X-OCTOPARTS-PART-ID").ShouldBe(part.PartId);
    }

    // 28
    [Fact]
    public async Task The_trace_of_the_caller_goes_on()
    {
        await using var backend = await Backend.StartAsync();
        var part = await _gateway.RegisterOneAsync(Some.Part(backend.Url));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/octoparts/2")
        {
            Content = new StringContent($$"""{"requestMeta":{"id":"a"},"requests":[{"partId":"{{part}}"}]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        (await _gateway.Traffic.SendAsync(request)).EnsureSuccessStatusCode();

        backend.Request.Header("traceparent").ShouldNotBeNull().ShouldStartWith("00-0af7651916cd43dd8448eb211c80319c-");
        backend.Request.Header("X-B3-TraceId").ShouldBe("0af7651916cd43dd8448eb211c80319c");
        backend.Request.Header("X-B3-SpanId").ShouldNotBeNull().Length.ShouldBe(16);
    }

    // 29
    [Fact]
    public async Task The_user_agent_is_ours_unless_a_param_sets_it_and_compression_is_accepted()
    {
        await using var backend = await Backend.StartAsync();
        var part = await _gateway.RegisterOneAsync(Some.Part(backend.Url, Some.Param(ParamKind.Header, "User-Agent")));

        await _gateway.AskAsync(Some.Ask(part));
        await _gateway.AskAsync(Some.Ask(part, ("User-Agent", "mine/1.0 (x)")));

        backend.Requests.Select(request => request.Header("User-Agent")).ShouldBe(["Tutti", "mine/1.0 (x)"]);
        backend.Requests[0].Header("Accept-Encoding").ShouldNotBeNull().ShouldContain("gzip");
    }

    // 29
    [Fact]
    public async Task No_cookie_is_kept_from_one_call_to_the_next()
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.Cookies.Append("session", "1");
            return Task.CompletedTask;
        });
        var part = await _gateway.RegisterOneAsync(Some.Part(backend.Url));

        await _gateway.AskAsync(Some.Ask(part));
        await _gateway.AskAsync(Some.Ask(part));

        backend.Requests.Select(request => request.Header("Cookie")).ShouldBe([null, null]);
    }

    // 30
    [Fact]
    public async Task The_reason_phrase_of_a_4xx_is_its_error_and_the_contents_are_kept()
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.StatusCode = 404;
            context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = "Gone fishing";
            return context.Response.WriteAsync("nothing here");
        });

        var answer = await _gateway.AskAsync(Some.Part(backend.Url));

        (answer.Status, answer.Contents).ShouldBe((404, "nothing here"));
        answer.Errors.ShouldBe(["Gone fishing"]);
    }

    // 31
    [Fact]
    public async Task An_additional_valid_status_is_no_error()
    {
        await using var backend = await Backend.StartAsync(404, "none");

        var answer = await _gateway.AskAsync(Some.Part(backend.Url) with { AdditionalValidStatuses = [404] });

        (answer.Status, answer.Contents).ShouldBe((404, "none"));
        answer.Errors.ShouldBeEmpty();
    }

    // 32
    [Fact]
    public async Task Answers_of_500_do_not_open_the_circuit()
    {
        await using var backend = await Backend.StartAsync(500);
        var part = Some.Part(backend.Url);
        await _gateway.RegisterAsync(part);

        for (var i = 0; i < 30; i++)
        {
            (await _gateway.AskAsync(Some.Ask(part.PartId)))[0].Errors.ShouldBe(["Internal Server Error"]);
        }

        Circuit(part).State.ShouldBe(CircuitState.Closed);
    }

    // F.5
    [Fact]
    public async Task Answers_of_500_open_the_circuit_of_a_part_that_counts_them()
    {
        await using var backend = await Backend.StartAsync(500);
        var part = Some.Part(backend.Url) with { Circuit = new CircuitConfig { CountServerErrors = true } };
        await _gateway.RegisterAsync(part);

        for (var i = 0; i < 20; i++)
        {
            await _gateway.AskAsync(Some.Ask(part.PartId));
        }

        (await _gateway.AskAsync(Some.Ask(part.PartId)))[0].ShouldFailWith($"Circuit of part {part.PartId} is open");
        backend.Requests.Length.ShouldBe(20);
    }

    // 33 and F.3
    [Fact]
    public async Task A_refused_connection_is_told_in_words_for_people()
    {
        (await _gateway.AskAsync(Some.Part($"http://127.0.0.1:{ClosedPort()}/"))).ShouldFailWith("Connection refused");
        (await _gateway.AskAsync(Some.Part("http://no-such-host.invalid/"))).Errors.ShouldHaveSingleItem().ShouldContain("unknown");
    }

    // 38
    [Fact]
    public async Task Without_a_content_type_it_is_plain_text_and_decoded_with_the_default_charset()
    {
        await using var backend = await Backend.StartAsync(context => context.Response.Body.WriteAsync(new byte[] { 0x4B, 0xE4, 0x73 }).AsTask());

        var answer = await _gateway.AskAsync(WithDefaultCharset(backend, "ISO-8859-1"));

        (answer.MimeType, answer.Charset, answer.Contents).ShouldBe(("text/plain", "ISO-8859-1", "Käs"));
    }

    // 38
    [Theory]
    [InlineData("text/html", null, "shift_jis", "\u65e5\u672c", new byte[] { 0x93, 0xFA, 0x96, 0x7B })]
    [InlineData("text/html; charset=Shift_JIS", "Shift_JIS", "UTF-8", "\u65e5\u672c", new byte[] { 0x93, 0xFA, 0x96, 0x7B })]
    [InlineData("application/json", null, "UTF-8", "ü", new byte[] { 0xC3, 0xBC })]
    public async Task The_declared_charset_decodes_the_body_else_the_default(string type, string? charset, string otherwise, string text, byte[] body)
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.ContentType = type;
            return context.Response.Body.WriteAsync(body).AsTask();
        });

        var answer = await _gateway.AskAsync(WithDefaultCharset(backend, otherwise));

        (answer.MimeType, answer.Charset, answer.Contents).ShouldBe((type.Split(';')[0], charset, text));
    }

    // 38
    [Theory]
    [InlineData("utf-16", new byte[] { 0xFF, 0xFE, 0xFC, 0x00 })]
    [InlineData("utf-16", new byte[] { 0xFE, 0xFF, 0x00, 0xFC })]
    [InlineData("utf-16", new byte[] { 0xFC, 0x00 })]
    [InlineData("utf-16BE", new byte[] { 0x00, 0xFC })]
    [InlineData("utf-32", new byte[] { 0xFF, 0xFE, 0x00, 0x00, 0xFC, 0x00, 0x00, 0x00 })]
    public async Task A_mark_tells_the_order_of_bytes_and_is_no_text(string charset, byte[] body)
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.ContentType = $"text/plain; charset={charset}";
            return context.Response.Body.WriteAsync(body).AsTask();
        });

        (await _gateway.AskAsync(Some.Part(backend.Url))).ShouldBeGood("ü");
    }

    // 38
    [Fact]
    public async Task Of_several_content_types_the_first_counts()
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.Headers.ContentType = new string[] { "text/html; charset=utf-8", "text/plain" };
            return context.Response.WriteAsync("ü");
        });

        var answer = await _gateway.AskAsync(Some.Part(backend.Url));

        (answer.MimeType, answer.Charset, answer.Contents).ShouldBe(("text/html", "utf-8", "ü"));
    }

    // 38
    [Fact]
    public async Task An_unknown_charset_is_an_error_of_its_part()
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.ContentType = "text/plain; charset=klingon";
            return context.Response.WriteAsync("nuqneH");
        });

        (await _gateway.AskAsync(Some.Part(backend.Url))).ShouldFailWith("The backend's charset 'klingon' is unknown");
    }

    // 39
    [Theory]
    [InlineData("head", 200)]
    [InlineData("get", 204)]
    public async Task HEAD_and_204_have_neither_contents_nor_type(string method, int status)
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/plain; charset=utf-8";
            return Task.CompletedTask;
        });

        var answer = await _gateway.AskAsync(Some.Part(backend.Url) with { Method = method });

        answer.Status.ShouldBe(status);
        answer.Errors.ShouldBeEmpty();
        answer.Fields.ShouldNotContain("contents");
        answer.Fields.ShouldNotContain("mimeType");
        answer.Fields.ShouldNotContain("charset");
    }

    // 40
    [Fact]
    public async Task Cookies_are_told_and_what_is_none_is_dropped()
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.Headers.SetCookie = new string[] { "a=b; Path=/; HttpOnly", "nonsense", "c=d; Max-Age=60; Secure; Domain=x.org" };
            return Task.CompletedTask;
        });

        var answer = await _gateway.AskAsync(Some.Part(backend.Url));

        answer.ShouldBeGood();
        answer.Json.GetProperty("cookies").GetRawText().ShouldBe(
            """[{"name":"a","value":"b","httpOnly":true,"secure":false,"discard":false,"maxAge":-1,"path":"/"},"""
            + """{"name":"c","value":"d","httpOnly":false,"secure":true,"discard":false,"maxAge":60,"domain":"x.org"}]""");
    }

    // C.3
    [Fact]
    public async Task How_an_answer_may_be_cached_is_told()
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.Headers.CacheControl = "no-store, max-age=60";
            context.Response.Headers.ETag = "\"x\"";
            return Task.CompletedTask;
        });

        var control = (await _gateway.AskAsync(Some.Part(backend.Url))).Json.GetProperty("cacheControl");

        control.GetProperty("noStore").GetBoolean().ShouldBeTrue();
        control.GetProperty("noCache").GetBoolean().ShouldBeFalse();
        control.GetProperty("expiresAt").GetInt64().ShouldBeGreaterThan(1_500_000_000_000);
        control.GetProperty("etag").GetString().ShouldBe("\"x\"");
        control.TryGetProperty("lastModified", out _).ShouldBeFalse();
    }

    static PartConfig WithDefaultCharset(Backend backend, string charset) =>
        Some.Part(backend.Url) with { Backend = new BackendConfig { MaxConnections = 64, DefaultCharset = charset } };

    PartCircuit Circuit(PartConfig part) => _gateway.Get<ResilienceStates>().CircuitOf(Some.Model(part));

    /// <summary>A port on which nobody listens: it was free a moment ago.</summary>
    static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
