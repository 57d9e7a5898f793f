using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Tutti.Batching.Tests.Calls;

/// <summary>How requests of a batch end that do not end well.</summary>
public sealed class EndingTests
{
    static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task One_past_its_deadline_answers_504_in_its_place_and_its_scope_lives_until_its_pipeline_ends()
    {
        var release = new TaskCompletionSource();
        var scope = new TaskCompletionSource<Scoped>();
        var cancelled = new TaskCompletionSource();
        var after = new TaskCompletionSource<string>();
        await using var host = await Host.StartAsync(
            app =>
            {
                app.MapGet("/deaf", async (HttpContext context, Scoped scoped) =>
                {
                    scope.SetResult(scoped);
                    context.RequestAborted.Register(cancelled.SetResult);
                    await release.Task;
                    after.SetResult($"{scoped.IsDisposed} {context.Request.Path} {context.Request.Headers["X-Own"]} {context.Connection.RemoteIpAddress}");
                    await context.Response.WriteAsync("too late");
                });
                app.MapGet("/quick", () => "quick");
            },
            options => options.RequestTimeout = TimeSpan.FromMilliseconds(200),
            services => services.AddScoped<Scoped>());

        var reply = await host.GetAsync("/batch?deaf=/deaf&quick=/quick", ("X-Own", "own"));

        reply.Header("Batch-Status").ShouldBe("deaf=504, quick=200");
        reply.Json.GetProperty("deaf").GetProperty("detail").GetString().ShouldBe("The request had not ended after 200 ms");
        await cancelled.Task.WaitAsync(Hang);
        var scoped = await scope.Task;
        scoped.IsDisposed.ShouldBeFalse();
        // Another request on the same connection takes over what the server reuses.
        await host.GetAsync("/batch?quick=/quick&b=/quick", ("X-Own", "other"));
        release.SetResult();
        (await after.Task.WaitAsync(Hang)).ShouldBe("False /deaf own 127.0.0.1");
        await scoped.Disposed.Task.WaitAsync(Hang);
    }

    [Fact]
    public async Task A_batch_past_its_deadline_answers_what_is_there()
    {
        await using var host = await Host.StartAsync(
            app =>
            {
                app.MapGet("/blocks", () => Thread.Sleep(3_000));
                app.MapGet("/waits", (HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted));
                app.MapGet("/quick", () => "quick");
            },
            options =>
            {
                options.Timeout = TimeSpan.FromMilliseconds(500);
                options.MaxConcurrentRequests = 3;
            });

        var responses = await host.AskAsync(
            new { id = "quick", method = "GET", url = "/quick" },
            new { id = "blocks", method = "GET", url = "/blocks" },
            new { id = "waits", method = "GET", url = "/waits" },
            new { id = "after", method = "GET", url = "/quick", dependsOn = new[] { "waits" } });

        responses.ToDictionary(pair => pair.Key, pair => pair.Value.GetProperty("status").GetInt32())
            .ShouldBe(new Dictionary<string, int> { ["quick"] = 200, ["blocks"] = 504, ["waits"] = 504, ["after"] = 424 });
    }

    [Fact]
    public async Task Everything_runs_at_once_up_to_the_limit()
    {
        var running = 0;
        var most = 0;
        await using var host = await Host.StartAsync(
            app => app.MapGet("/a", async () =>
            {
                InterlockedMax(Interlocked.Increment(ref running));
                await Task.Delay(50);
                Interlocked.Decrement(ref running);
            }),
            options => options.MaxConcurrentRequests = 4);

        var reply = await host.GetAsync($"/batch?{string.Join('&', Enumerable.Range(0, 12).Select(n => $"n{n}=/a"))}");

        (reply.Header("Batch-Complete"), most).ShouldBe(("?1", 4));

        void InterlockedMax(int now)
        {
            for (var seen = most; now > seen; seen = most)
            {
                Interlocked.CompareExchange(ref most, now, seen);
            }
        }
    }

    [Fact]
    public async Task One_that_blocks_its_thread_holds_up_none_of_the_others()
    {
        using var all = new Barrier(4);
        await using var host = await Host.StartAsync(app => app.MapGet("/blocks", () => all.SignalAndWait(Hang)));

        var reply = await host.GetAsync("/batch?a=/blocks&b=/blocks&c=/blocks&d=/blocks");

        reply.Text.ShouldBe("""{"a":true,"b":true,"c":true,"d":true}""");
    }

    [Fact]
    public async Task One_that_blocks_the_thread_of_the_batch_does_not_keep_the_answer_back()
    {
        using var release = new ManualResetEventSlim();
        await using var host = await Host.StartAsync(app => app.MapGet("/blocks", () => release.Wait(Hang)), options => options.Timeout = TimeSpan.FromMilliseconds(300));

        var reply = await host.GetAsync("/batch?a=/blocks").WaitAsync(Hang / 2);

        release.Set();
        reply.Header("Batch-Status").ShouldBe("a=504");
    }

    [Theory]
    [InlineData("/events")]
    [InlineData("/replace")]
    public async Task A_stream_is_refused_clearly_and_ended(string path)
    {
        var ended = new TaskCompletionSource();
        await using var host = await Host.StartAsync(app =>
        {
            app.MapGet("/events", (HttpContext context) => StreamAsync(context, "text/event-stream"));
            app.MapGet("/replace", (HttpContext context) => StreamAsync(context, "multipart/x-mixed-replace; boundary=b"));
        });

        var reply = await host.GetAsync($"/batch?s={path}");

        reply.Header("Batch-Status").ShouldBe("s=501");
        reply.Json.GetProperty("s").GetProperty("detail").GetString()!.ShouldContain("stream");
        await ended.Task.WaitAsync(Hang);

        async Task StreamAsync(HttpContext context, string type)
        {
            context.Response.ContentType = type;
            try
            {
                while (true)
                {
                    await context.Response.WriteAsync("data: x\n\n");
                    await context.Response.Body.FlushAsync();
                    await Task.Delay(10, context.RequestAborted);
                }
            }
            finally
            {
                ended.SetResult();
            }
        }
    }

    [Fact]
    public async Task A_websocket_is_refused_clearly()
    {
        await using var host = await Host.StartAsync(app =>
        {
            app.UseWebSockets();
            app.MapGet("/socket", (HttpContext context) => context.WebSockets.IsWebSocketRequest ? Results.Ok() : Results.BadRequest("no socket"));
        });

        var responses = await host.AskAsync(
            new { id = "asked", method = "GET", url = "/socket", headers = new { Connection = "Upgrade", Upgrade = "websocket" } },
            new { id = "key", method = "GET", url = "/socket", headers = new Dictionary<string, string> { ["Sec-WebSocket-Key"] = "dGhlIHNhbXBsZSBub25jZQ==" } },
            new { id = "tunnel", method = "CONNECT", url = "/socket" },
            new { id = "plain", method = "GET", url = "/socket" });

        foreach (var id in new[] { "asked", "key", "tunnel" })
        {
            responses[id].GetProperty("status").GetInt32().ShouldBe(501);
        }

        responses["asked"].GetProperty("body").GetProperty("detail").GetString().ShouldBe("A web socket is a stream that does not end: open it outside a batch");
        responses["plain"].GetProperty("status").GetInt32().ShouldBe(400);
    }

    [Fact]
    public async Task One_that_is_broken_off_or_that_throws_leaves_the_others()
    {
        await using var host = await Host.StartAsync(app =>
        {
            app.MapGet("/aborts", async (HttpContext context) =>
            {
                await context.Response.WriteAsync("half");
                context.Abort();
            });
            app.MapGet("/throws", async (HttpContext context) =>
            {
                await context.Response.WriteAsync("half");
                throw new InvalidOperationException();
            });
            app.MapGet("/good", async () =>
            {
                await Task.Delay(50);
                return "good";
            });
        });

        var reply = await host.GetAsync("/batch?a=/aborts&t=/throws&g=/good");

        reply.Header("Batch-Status").ShouldBe("a=502, t=500, g=200");
        reply.Text.ShouldNotContain("half");
    }

    [Fact]
    public async Task One_that_cannot_even_begin_is_told_and_holds_up_nobody()
    {
        await using var host = await Host.StartAsync(
            app => app.MapGet("/a", () => 1),
            services: services => services.AddSingleton<IHttpContextFactory>(provider => new Failing(new DefaultHttpContextFactory(provider))));

        var reply = await host.GetAsync("/batch?a=/a&f=/fails&b=/a").WaitAsync(Hang);

        reply.Header("Batch-Status").ShouldBe("a=200, f=500, b=200");
    }

    [Fact]
    public async Task A_caller_who_leaves_cancels_what_runs()
    {
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using var host = await Host.StartAsync(app => app.MapGet("/a", async (HttpContext context) =>
        {
            context.RequestAborted.Register(() => cancelled.TrySetResult());
            started.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }));
        using var leave = new CancellationTokenSource();

        var asked = host.Client.GetAsync("/batch?a=/a", leave.Token);
        await started.Task.WaitAsync(Hang);
        await leave.CancelAsync();

        await cancelled.Task.WaitAsync(Hang);
        await Should.ThrowAsync<OperationCanceledException>(() => asked);
    }

    /// <summary>Makes no context for one path.</summary>
    sealed class Failing(IHttpContextFactory inner) : IHttpContextFactory
    {
        public HttpContext Create(IFeatureCollection featureCollection) =>
            featureCollection.GetRequiredFeature<IHttpRequestFeature>().Path == "/fails" ? throw new InvalidOperationException() : inner.Create(featureCollection);

        public void Dispose(HttpContext httpContext) => inner.Dispose(httpContext);
    }

    /// <summary>Knows whether its scope has ended.</summary>
    sealed class Scoped : IDisposable
    {
        public TaskCompletionSource Disposed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsDisposed => Disposed.Task.IsCompleted;

        public void Dispose() => Disposed.SetResult();
    }
}
