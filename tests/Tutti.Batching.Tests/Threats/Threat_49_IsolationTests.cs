using System.IO.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Tutti.Batching.Tests.Threats;

/// <summary>Requests of one batch share nothing that one of them could change for another.</summary>
public sealed class Threat_49_IsolationTests
{
    [Fact]
    public async Task Threat_49_headers_and_cookies_of_one_request_are_not_those_of_another()
    {
        await using var host = await Host.StartAsync(app => app.MapGet("/a", (HttpContext context) =>
        {
            context.Response.Cookies.Append("own", context.Request.Headers["X-Own"].ToString());
            return $"{context.Request.Headers["X-Own"]}|{context.Request.Headers["X-Other"]}|{context.Request.Cookies["c"]}|{context.Request.Headers["X-Batch"]}";
        }));

        var reply = await host.PostAsync(
            new
            {
                requests = new object[]
                {
                    new { id = "1", method = "GET", url = "/a", headers = new Dictionary<string, string> { ["X-Own"] = "1", ["X-Other"] = "1", ["Cookie"] = "c=1" } },
                    new { id = "2", method = "GET", url = "/a", headers = new Dictionary<string, string> { ["X-Own"] = "2" } },
                },
            },
            ("Cookie", "c=batch"),
            ("X-Batch", "yes"));

        reply.Responses["1"].GetProperty("body").GetString().ShouldBe("1|1|1|yes");
        reply.Responses["2"].GetProperty("body").GetString().ShouldBe("2||batch|yes");
        reply.Responses["2"].GetProperty("headers").GetProperty("Set-Cookie").GetString().ShouldBe("own=2; path=/");
        reply.Header("Set-Cookie").ShouldBeNull();
        (await host.GetAsync("/batch?x=/a&y=/a&z=/a")).Text.ShouldBe("""{"x":"|||","y":"|||","z":"|||"}""");
    }

    [Fact]
    public async Task Threat_49_identities_are_those_of_each_request_and_of_no_other_batch()
    {
        await using var host = await Host.SampleAsync();
        object[] requests =
        [
            new { id = "alice", method = "GET", url = "/me", headers = new { Authorization = "Bearer alice" } },
            new { id = "bob", method = "GET", url = "/me", headers = new { Authorization = "Bearer bob" } },
            new { id = "own", method = "GET", url = "/me" },
        ];

        await Parallel.ForEachAsync(Enumerable.Range(0, 100), async (round, _) =>
        {
            var reply = round % 2 == 0 ? await host.PostAsync(new { requests }) : await host.PostAsync(new { requests }, ("Authorization", "Bearer bob"));

            reply.Responses["alice"].GetProperty("body").GetProperty("name").GetString().ShouldBe("alice");
            reply.Responses["bob"].GetProperty("body").GetProperty("name").GetString().ShouldBe("bob");
            reply.Responses["own"].GetProperty("status").GetInt32().ShouldBe(round % 2 == 0 ? 401 : 200);
        });
    }

    [Fact]
    public async Task Threat_49_bodies_answers_and_paths_are_never_mixed_under_load()
    {
        await using var host = await Host.StartAsync(app => app.MapPost("/echo/{n}", async (string n, HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            if (n.EndsWith('3'))
            {
                await Task.Yield();
            }

            return n.EndsWith('7') ? throw new InvalidOperationException() : $"{n} {body} {context.Request.Headers["X-N"]}";
        }));

        await Parallel.ForEachAsync(Enumerable.Range(0, 60), async (round, _) =>
        {
            var requests = Enumerable.Range(round * 100, 20).Select(n => new { id = $"{n}", method = "POST", url = $"/echo/{n}", headers = new Dictionary<string, string> { ["X-N"] = $"{n}" }, body = n }).ToArray();

            var responses = (await host.PostAsync(new { requests })).Responses;

            foreach (var (id, response) in responses)
            {
                if (id.EndsWith('7'))
                {
                    response.GetProperty("status").GetInt32().ShouldBe(500);
                }
                else
                {
                    response.GetProperty("body").GetString().ShouldBe($"{id} {id} {id}");
                }
            }
        });
    }

    [Fact]
    public async Task Threat_49_a_context_that_is_kept_beyond_its_request_sees_no_later_one()
    {
        HttpContext? kept = null;
        await using var host = await Host.StartAsync(app =>
        {
            app.MapGet("/keeps", (HttpContext context) =>
            {
                kept = context;
            });
            app.MapGet("/a", (HttpContext context) => context.Request.Headers.Authorization.ToString());
        });

        await host.GetAsync("/batch?k=/keeps", ("Authorization", "one"));
        (await host.GetAsync("/batch?a=/a", ("Authorization", "another"))).Json.GetProperty("a").GetString().ShouldBe("another");

        Should.Throw<ObjectDisposedException>(() => kept!.Request.Headers.Authorization.ToString());
        Should.Throw<ObjectDisposedException>(() => kept!.User.Identity);
    }

    [Fact]
    public async Task Threat_49_what_is_written_after_the_end_goes_into_no_later_answer()
    {
        Stream? body = null;
        PipeWriter? writer = null;
        Exception? refused = null;
        await using var host = await Host.StartAsync(app =>
        {
            app.MapGet("/keeps", (HttpContext context) =>
            {
                (body, writer) = (context.Response.Body, context.Response.BodyWriter);
            });
            app.MapGet("/a", async (HttpContext context) =>
            {
                await context.Response.WriteAsync("good");
                refused = await Record.ExceptionAsync(async () => await body!.WriteAsync("evil"u8.ToArray()));
                await Record.ExceptionAsync(async () => await writer!.WriteAsync("evil"u8.ToArray()));
            });
        });

        await host.GetAsync("/batch?k=/keeps");

        (await host.GetAsync("/batch?a=/a")).Json.GetProperty("a").GetString().ShouldBe("good");
        refused.ShouldBeOfType<ObjectDisposedException>();
    }

    [Fact]
    public async Task Threat_49_one_that_cancels_or_aborts_itself_cancels_no_other()
    {
        await using var host = await Host.StartAsync(app =>
        {
            app.MapGet("/aborts", (HttpContext context) => context.Abort());
            app.MapGet("/waits", async (HttpContext context) =>
            {
                await Task.Delay(200, context.RequestAborted);
                return context.RequestAborted.IsCancellationRequested;
            });
        });

        (await host.GetAsync("/batch?a=/aborts&w=/waits")).Header("Batch-Status").ShouldBe("a=502, w=200");
    }
}
