using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tutti.Batching.Tests.Hosts;

/// <summary>What hosts have around their endpoints works around a batch and around each of its requests.</summary>
public sealed class MiddlewareTests
{
    [Fact]
    public async Task Compression_compresses_the_whole_and_none_of_its_parts()
    {
        await using var host = await Host.StartAsync(
            app =>
            {
                app.UseResponseCompression();
                app.MapGet("/a", (HttpContext context) =>
                {
                    context.Response.Headers.CacheControl = "max-age=60";
                    return new string('x', 4_000);
                });
            },
            services: services => services.AddResponseCompression());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/batch?a=/a&b=/a");
        request.Headers.AcceptEncoding.ParseAdd("gzip");

        using var response = await host.Client.SendAsync(request);

        response.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        response.Headers.Vary.Order().ShouldBe(["Accept", "Accept-Encoding"]);
        response.Headers.ETag!.IsWeak.ShouldBeTrue();
        await using var plain = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        (await JsonDocument.ParseAsync(plain)).RootElement.GetProperty("b").GetString()!.Length.ShouldBe(4_000);
    }

    [Fact]
    public async Task Rights_and_rate_limits_of_the_batch_itself_come_before_its_requests()
    {
        var ran = 0;
        await using var host = await Host.StartAsync(
            app =>
            {
                app.UseRateLimiter();
                app.MapGet("/a", () => Interlocked.Increment(ref ran));
                app.MapTuttiBatch("/guarded").RequireAuthorization();
                app.MapTuttiBatch("/rare").RequireRateLimiting("one a day");
            },
            services: services =>
            {
                services.AddAuthentication(BearerTokenDefaults.AuthenticationScheme).AddBearerToken();
                services.AddAuthorization();
                services.AddRateLimiter(limits =>
                {
                    limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                    limits.AddFixedWindowLimiter("one a day", limit => (limit.PermitLimit, limit.Window) = (1, TimeSpan.FromDays(1)));
                });
            });

        (await host.GetAsync("/guarded?a=/a")).Status.ShouldBe(401);
        ran.ShouldBe(0);
        (await host.GetAsync("/rare?a=/a&b=/a")).Status.ShouldBe(200);
        (await host.GetAsync("/rare?a=/a")).Status.ShouldBe(429);
        ran.ShouldBe(2);
    }

    [Fact]
    public async Task A_batch_can_have_a_name()
    {
        await using var host = await Host.StartAsync(app => app.MapTuttiBatch("/many").WithName("many"));

        host.Services.GetRequiredService<LinkGenerator>().GetPathByName("many").ShouldBe("/many");
        (await host.GetAsync("/many?a=/b")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Compression_holds_no_line_back()
    {
        var release = new TaskCompletionSource();
        await using var host = await Host.StartAsync(
            app =>
            {
                app.UseResponseCompression();
                app.MapGet("/a", () => "early");
                app.MapGet("/b", () => release.Task);
            },
            services: services => services.AddResponseCompression(options => options.MimeTypes = ["application/x-ndjson"]));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/batch?a=/a&b=/b");
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        request.Headers.Accept.ParseAdd("application/x-ndjson");

        using var response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress));

        (await lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)))!.ShouldContain("early");
        release.SetResult();
        (await lines.ReadToEndAsync()).ShouldContain("\"complete\":true");
    }

    [Fact]
    public async Task An_exception_handler_answers_for_the_one_that_failed()
    {
        await using var host = await Host.StartAsync(
            app =>
            {
                app.UseExceptionHandler();
                app.UseStatusCodePages();
                app.MapGet("/throws", IResult () => throw new InvalidOperationException("secret"));
                app.MapGet("/late", async (HttpContext context) =>
                {
                    await context.Response.WriteAsync("half");
                    throw new InvalidOperationException("secret");
                });
                app.MapGet("/good", () => 1);
            },
            services: services => services.AddProblemDetails(options => options.CustomizeProblemDetails = context => context.ProblemDetails.Extensions["own"] = true));

        var reply = await host.GetAsync("/batch?t=/throws&l=/late&n=/none&g=/good");

        reply.Header("Batch-Status").ShouldBe("t=500, l=500, n=404, g=200");
        reply.Json.GetProperty("t").GetProperty("own").GetBoolean().ShouldBeTrue();
        reply.Json.GetProperty("n").GetProperty("own").GetBoolean().ShouldBeTrue();
        reply.Json.GetProperty("g").GetInt32().ShouldBe(1);
        reply.Text.ShouldNotContain("secret");
    }

    [Fact]
    public async Task Output_that_is_cached_is_so_for_requests_of_a_batch_too()
    {
        var made = 0;
        await using var host = await Host.StartAsync(
            app =>
            {
                app.UseOutputCache();
                app.MapGet("/a", () => ++made).CacheOutput();
            },
            services: services => services.AddOutputCache());

        (await host.GetAsync("/batch?x=/a")).Text.ShouldBe("""{"x":1}""");
        (await host.GetAsync("/a")).Text.ShouldBe("1");
        (await host.GetAsync("/batch?x=/a&y=/a")).Text.ShouldBe("""{"x":1,"y":1}""");
    }

    [Theory]
    [InlineData("/none", "application/json")]
    [InlineData("/private", "application/json")]
    [InlineData("/a", "application/x-ndjson")]
    public async Task What_may_not_be_stored_is_not_stored_by_the_output_cache(string url, string accept)
    {
        var ran = 0;
        await using var host = await Host.StartAsync(
            app =>
            {
                app.UseOutputCache();
                app.Use((context, next) =>
                {
                    ran += context.Features.Get<IBatchedRequestFeature>() is null ? 0 : 1;
                    return next(context);
                });
                app.MapTuttiBatch("/kept").CacheOutput();
                app.MapGet("/a", () => 1);
                app.MapGet("/private", (HttpContext context) => context.Response.Headers.CacheControl = "private, max-age=60");
            },
            services: services => services.AddOutputCache());

        await host.GetAsync($"/kept?x={url}", ("Accept", accept));
        await host.GetAsync($"/kept?x={url}", ("Accept", accept));

        ran.ShouldBe(2);
    }

    [Fact]
    public async Task A_batch_that_may_be_stored_is_stored_by_the_output_cache_of_an_app_that_says_so()
    {
        var made = 0;
        await using var host = await Host.StartAsync(
            app =>
            {
                app.UseOutputCache();
                app.MapTuttiBatch("/kept").CacheOutput();
                app.MapGet("/a", () => ++made);
            },
            services: services => services.AddOutputCache());

        (await host.GetAsync("/kept?x=/a")).Text.ShouldBe("""{"x":1}""");
        (await host.GetAsync("/kept?x=/a")).Text.ShouldBe("""{"x":1}""");
    }

    [Fact]
    public async Task A_timeout_of_the_app_ends_the_one_that_it_was_meant_for()
    {
        await using var host = await Host.StartAsync(
            app =>
            {
                app.UseRequestTimeouts();
                app.MapGet("/slow", (HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted)).WithRequestTimeout(TimeSpan.FromMilliseconds(100));
                app.MapGet("/good", () => 1);
            },
            services: services => services.AddRequestTimeouts());

        (await host.GetAsync("/batch?s=/slow&g=/good")).Header("Batch-Status").ShouldBe("s=504, g=200");
    }

    [Fact]
    public async Task The_document_of_the_api_lists_it()
    {
        await using var host = await Host.StartAsync(app => app.MapOpenApi(), services: services => services.AddOpenApi());

        var batch = (await host.GetAsync("/openapi/v1.json")).Json.GetProperty("paths").GetProperty("/batch");

        batch.GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content").EnumerateObject().Select(content => content.Name).ShouldBe(["application/json", "application/x-ndjson"]);
        batch.GetProperty("post").GetProperty("requestBody").GetProperty("content").TryGetProperty("application/json", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task HTTP_2_carries_a_batch_as_large_as_is_allowed()
    {
        await using var host = await Host.StartAsync(
            app => app.MapPost("/length", (JsonElement body, HttpContext context) => $"{context.Request.Protocol} {body.GetString()!.Length}"),
            services: services => services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http2)));
        var body = new string('x', 1_000_000);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/batch")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new StringContent(JsonSerializer.Serialize(new { requests = new[] { new { id = "1", method = "POST", url = "/length", body } } }), Encoding.UTF8, "application/json"),
        };

        (await host.SendAsync(request)).Responses["1"].GetProperty("body").GetString().ShouldBe("HTTP/2 1000000");
    }

    [Theory]
    [InlineData("http://shop.test/", "/batch?x=/a&y=a")]
    [InlineData("http://shop.test/below/", "/below/batch?x=/below/a&y=a")]
    public async Task An_app_under_the_server_for_tests_has_batches(string address, string url)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer(options => options.BaseAddress = new Uri(address));
        builder.Services.AddTuttiBatching();
        await using var app = builder.Build();
        app.MapTuttiBatch("/batch");
        app.MapGet("/a", (HttpContext context) => $"{context.Request.Host}");
        await app.StartAsync();
        using var client = app.GetTestClient();

        (await client.GetStringAsync(url)).ShouldBe("""{"x":"shop.test","y":"shop.test"}""");
    }
}
