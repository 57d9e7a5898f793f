using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Tutti.Batching.Tests.Doors;

/// <summary>The limits: what is too much is refused before anything runs, or ends in its own place.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData(3, 200)]
    [InlineData(4, 413)]
    public async Task Requests_are_counted_before_any_of_them_starts(int count, int status)
    {
        var ran = 0;
        await using var host = await Host.StartAsync(app => app.MapGet("/a", () => Interlocked.Increment(ref ran)), options => options.MaxRequests = 3);
        var requests = Enumerable.Range(0, count).Select(n => new { id = $"{n}", method = "GET", url = "/a" }).ToArray();

        (await host.PostAsync(new { requests })).Status.ShouldBe(status);
        (await host.GetAsync($"/batch?{string.Join('&', requests.Select(request => $"n{request.id}=/a"))}")).Status.ShouldBe(status);

        ran.ShouldBe(status == 200 ? 2 * count : 0);
    }

    [Fact]
    public async Task A_hundred_are_allowed_unless_told_otherwise()
    {
        await using var host = await Host.StartAsync(app => app.MapGet("/a", () => 1));

        (await host.GetAsync($"/batch?{string.Join('&', Enumerable.Range(0, 100).Select(n => $"n{n}=/a"))}")).Header("Batch-Complete").ShouldBe("?1");
        (await host.GetAsync($"/batch?{string.Join('&', Enumerable.Range(0, 101).Select(n => $"n{n}=/a"))}")).Status.ShouldBe(413);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_above_the_limit_is_413(bool tellsLength)
    {
        await using var host = await Host.StartAsync(app => app.MapGet("/a", () => 1), options => options.MaxRequestBytes = 1_024);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/batch") { Content = new StringContent(new string(' ', 1_025), System.Text.Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = !tellsLength;

        (await host.SendAsync(request)).Status.ShouldBe(413);
    }

    [Fact]
    public async Task A_url_above_the_limit_is_414()
    {
        await using var host = await Host.StartAsync(app => app.MapGet("/a", () => 1), options => options.MaxUrlLength = 20);

        (await host.GetAsync("/batch?a=/aaaaaaaaaaaaaaaaaaa")).Status.ShouldBe(200);
        (await host.GetAsync("/batch?a=/aaaaaaaaaaaaaaaaaaaa")).Status.ShouldBe(414);
    }

    [Fact]
    public async Task JSON_that_is_too_deep_is_400_at_once()
    {
        await using var host = await Host.StartAsync(app => app.MapGet("/a", () => 1));

        (await host.PostTextAsync($$"""{"requests":[{"id":"1","method":"POST","url":"/a","body":{{new string('[', 100_000)}}{{new string(']', 100_000)}}}]}""")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task An_answer_that_is_too_large_fails_alone_and_ends_its_request()
    {
        var ended = new TaskCompletionSource();
        await using var host = await Host.StartAsync(
            app =>
            {
                app.MapGet("/large", async (HttpContext context) =>
                {
                    try
                    {
                        while (true)
                        {
                            context.RequestAborted.ThrowIfCancellationRequested();
                            await context.Response.WriteAsync(new string('x', 1_000));
                        }
                    }
                    finally
                    {
                        ended.SetResult();
                    }
                });
                app.MapGet("/over", () => new string('x', 2_049));
                app.MapGet("/fits", () => new string('x', 2_048));
            },
            options => options.MaxResponseBytes = 2_048);

        var reply = await host.GetAsync("/batch?large=/large&over=/over&fits=/fits");

        reply.Header("Batch-Status").ShouldBe("large=502, over=502, fits=200");
        reply.Json.GetProperty("large").GetProperty("detail").GetString().ShouldBe("The answer is larger than 2048 bytes");
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task All_answers_together_stay_within_their_limit()
    {
        await using var host = await Host.StartAsync(
            app => app.MapGet("/a", () => new string('x', 1_000)),
            options =>
            {
                options.MaxTotalResponseBytes = 3_500;
                options.MaxConcurrentRequests = 1;
            });

        var reply = await host.GetAsync("/batch?a=/a&b=/a&c=/a&d=/a&e=/a");

        reply.Header("Batch-Status").ShouldBe("a=200, b=200, c=200, d=502, e=502");
    }

    [Fact]
    public async Task What_was_dropped_takes_no_room_from_the_others()
    {
        await using var host = await Host.StartAsync(
            app =>
            {
                app.MapGet("/large", async (HttpContext context) =>
                {
                    for (var i = 0; i < 5; i++)
                    {
                        await context.Response.WriteAsync(new string('x', 1_000));
                    }
                });
                app.MapGet("/a", () => new string('x', 900));
            },
            options =>
            {
                options.MaxResponseBytes = 2_048;
                options.MaxTotalResponseBytes = 2_000;
                options.MaxConcurrentRequests = 1;
            });

        var reply = await host.GetAsync("/batch?a=/large&b=/large&c=/a&d=/large&e=/a&f=/a&g=/none");

        reply.Header("Batch-Status").ShouldBe("a=502, b=502, c=200, d=502, e=200, f=502, g=404");
    }

    [Fact]
    public void A_limit_that_cannot_be_is_told_at_the_start() =>
        Should.Throw<Microsoft.Extensions.Options.OptionsValidationException>(() => Host.StartAsync(_ => { }, options => options.MaxRequests = 0)).Message.ShouldContain("MaxRequests");
}
