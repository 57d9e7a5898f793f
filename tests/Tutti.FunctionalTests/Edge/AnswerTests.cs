using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Services;
using Tutti.FunctionalTests.Support;
using Tutti.FunctionalTests.Threats;

namespace Tutti.FunctionalTests.Edge;

/// <summary>What becomes of answers on their way to clients.</summary>
public sealed class AnswerTests(SharedGateway shared)
{
    static readonly string Text = string.Concat(Enumerable.Range(0, 1_000).Select(i => $"{{\"n\":{i}}},"));

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("br", "br")]
    [InlineData("zstd", "zstd")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip, zstd", "zstd")]
    [InlineData("br;q=0.5, gzip;q=1.0", "gzip")]
    [InlineData("br;q=0, *", "zstd")]
    [InlineData("*", "br")]
    [InlineData("GZIP", "gzip")]
    [InlineData("x-unknown, gzip", "gzip")]
    [InlineData("deflate", null)]
    [InlineData("identity", null)]
    [InlineData("gzip;q=0", null)]
    public async Task An_answer_is_compressed_as_the_client_likes_it_best(string accepted, string? coding)
    {
        await using var backend = await JsonBackendAsync();
        await using var world = await ServiceWorld.StartAsync("Answers:Compress=true");
        var service = await ServeAsync(world, backend);

        using var answer = await GetAsync(world, $"/{service}", accepted);

        answer.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(coding);
        Field(answer, "Vary").ShouldBe("Accept-Encoding");
        (await DecodedAsync(answer)).ShouldBe(Text);
        if (coding is not null)
        {
            Field(answer, "ETag").ShouldBe("W/\"v1\"");
            Field(answer, "Accept-Ranges").ShouldBeNull();
            (await answer.Content.ReadAsByteArrayAsync(Ct)).Length.ShouldBeLessThan(Text.Length / 2);
        }
        else
        {
            Field(answer, "ETag").ShouldBe("\"v1\"");
        }
    }

    [Fact]
    public async Task An_aggregate_is_compressed()
    {
        await using var backend = await JsonBackendAsync();
        await using var gateway = await TestGateway.StartAsync("Answers:Compress=true");
        var part = await gateway.RegisterOneAsync(Some.Part(backend.Url));

        using var request = new HttpRequestMessage(HttpMethod.Post, "/octoparts/2")
        {
            Content = new StringContent($$"""{"requestMeta":{"id":"a"},"requests":[{"partId":"{{part}}","params":[]}]}""", System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "zstd");
        using var answer = await gateway.Traffic.SendAsync(request, Ct);

        answer.Content.Headers.ContentEncoding.ShouldBe(["zstd"]);
        (await DecodedAsync(answer)).ShouldContain("\"partId\"");
    }

    [Theory]
    [InlineData("small")]
    [InlineData("image")]
    [InlineData("encoded")]
    [InlineData("no-transform")]
    [InlineData("range")]
    [InlineData("events")]
    public async Task Where_it_is_not_safe_or_not_worth_it_nothing_is_changed(string what)
    {
        await using var backend = await Backend.StartAsync(async context =>
        {
            var response = context.Response;
            response.ContentType = what switch { "image" => "image/png", "events" => "text/event-stream", _ => "application/json" };
            response.Headers.ETag = "\"v1\"";
            _ = what switch
            {
                "encoded" => response.Headers.ContentEncoding = "gzip",
                "no-transform" => response.Headers.CacheControl = "max-age=5, no-transform",
                "range" => response.Headers.ContentRange = "bytes 0-3999/8000",
                _ => default,
            };
            response.StatusCode = what == "range" ? 206 : 200;
            await response.WriteAsync(what == "small" ? "{}" : new string('x', 4_000), Ct);
        });
        await using var world = await ServiceWorld.StartAsync("Answers:Compress=true", "Answers:MinCompressedBytes=1024");
        var service = await ServeAsync(world, backend);

        using var answer = await GetAsync(world, $"/{service}", "gzip, br, zstd");

        if (what == "small")
        {
            // It does not tell its length, so that nobody knows how small it is.
            Field(answer, "Content-Length").ShouldBeNull();
            return;
        }

        Field(answer, "Content-Encoding").ShouldBe(what == "encoded" ? "gzip" : null);
        Field(answer, "ETag").ShouldBe("\"v1\"");
        (await answer.Content.ReadAsByteArrayAsync(Ct)).Length.ShouldBe(4_000);
    }

    [Fact]
    public async Task HEAD_is_answered_with_the_fields_of_GET_and_a_client_that_does_not_ask_is_told_that_it_could()
    {
        await using var backend = await JsonBackendAsync();
        await using var world = await ServiceWorld.StartAsync("Answers:Compress=true");
        var service = await ServeAsync(world, backend);

        using var head = await GetAsync(world, $"/{service}", "gzip", HttpMethod.Head);
        using var plain = await GetAsync(world, $"/{service}", null);

        (Field(head, "Content-Encoding"), Field(head, "ETag"), Field(head, "Vary")).ShouldBe(("gzip", "W/\"v1\"", "Accept-Encoding"));
        (Field(plain, "Content-Encoding"), Field(plain, "ETag"), Field(plain, "Vary")).ShouldBe((null, "\"v1\"", "Accept-Encoding"));
        Field(plain, "Content-Length").ShouldBe($"{Text.Length}");
    }

    [Fact]
    public async Task What_comes_in_pieces_goes_in_pieces()
    {
        var go = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("[1,", Ct);
            await context.Response.Body.FlushAsync(Ct);
            await go.Task;
            await context.Response.WriteAsync("2]", Ct);
        });
        await using var world = await ServiceWorld.StartAsync("Answers:Compress=true");
        var service = await ServeAsync(world, backend);

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/{service}");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        using var answer = await world.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        await using var unzipped = new GZipStream(await answer.Content.ReadAsStreamAsync(Ct), CompressionMode.Decompress);
        var buffer = new byte[100];
        (await unzipped.ReadAsync(buffer, Ct)).ShouldBe(3);
        go.SetResult();
        (await unzipped.ReadAsync(buffer, Ct)).ShouldBe(2);
    }

    [Fact]
    public async Task By_default_nothing_is_compressed()
    {
        await using var backend = await JsonBackendAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await ServeAsync(world, backend);

        using var answer = await GetAsync(world, $"/{service}", "gzip, br, zstd");

        answer.Content.Headers.ContentEncoding.ShouldBeEmpty();
        Field(answer, "Vary").ShouldBeNull();
    }

    [Fact]
    public async Task No_answer_tells_which_software_runs_behind_the_gateway()
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            foreach (var name in new[] { "Server", "X-Powered-By", "X-AspNet-Version", "X-AspNetMvc-Version", "X-Runtime", "X-Kept" })
            {
                context.Response.Headers[name] = "1";
            }

            return context.Response.WriteAsync("hello");
        });
        await using var world = ServiceWorld.In(shared);
        var service = await ServeAsync(world, backend);
        var part = await world.Gateway.RegisterOneAsync(Some.Part(backend.Url));

        foreach (var path in new[] { $"/{service}", $"/parts/{part}", "/livez", "/nobody-has-this" })
        {
            var answer = await RawClient.ExchangeAsync(world.Gateway, $"GET {path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            answer.ShouldNotContain("Server:");
            answer.ShouldNotContain("X-Powered-By:");
            answer.ShouldNotContain("X-AspNet");
            answer.ShouldNotContain("X-Runtime:");
            answer.Contains("X-Kept: 1", StringComparison.Ordinal).ShouldBe(path.EndsWith(service, StringComparison.Ordinal) || path.EndsWith(part, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_fields_that_clients_do_not_see_are_a_setting()
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.Headers.Server = "nginx";
            context.Response.Headers["X-Inside"] = "1";
            return Task.CompletedTask;
        });
        await using var world = await ServiceWorld.StartAsync("Answers:RemovedHeaders:0=X-Inside");
        var service = await ServeAsync(world, backend);

        using var answer = await GetAsync(world, $"/{service}", null);

        Field(answer, "Server").ShouldBe("nginx");
        Field(answer, "X-Inside").ShouldBeNull();
    }

    static Task<Backend> JsonBackendAsync() => Backend.StartAsync(context =>
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Text.Length;
        context.Response.Headers.ETag = "\"v1\"";
        context.Response.Headers.AcceptRanges = "bytes";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(Text);
    });

    static async Task<string> DecodedAsync(HttpResponseMessage answer)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(Ct);
        await using Stream decoded = answer.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress, leaveOpen: true),
            "gzip" => new GZipStream(body, CompressionMode.Decompress, leaveOpen: true),
            "zstd" => new ZstdSharp.DecompressionStream(body, leaveOpen: true),
            _ => body,
        };
        using var reader = new StreamReader(decoded);
        var text = await reader.ReadToEndAsync(Ct);
        body.Position = 0;
        return text;
    }

    static string? Field(HttpResponseMessage answer, string name) =>
        answer.Headers.NonValidated.TryGetValues(name, out var values) || answer.Content.Headers.NonValidated.TryGetValues(name, out values) ? values.ToString() : null;

    static async Task<HttpResponseMessage> GetAsync(ServiceWorld world, string path, string? accepted, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        if (accepted is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        }

        return await world.Client.SendAsync(request, Ct);
    }

    static async Task<string> ServeAsync(ServiceWorld world, Backend backend)
    {
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, backend.Url);
        return service;
    }
}
