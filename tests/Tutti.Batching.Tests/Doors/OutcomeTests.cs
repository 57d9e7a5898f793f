using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Tutti.Batching.Tests.Doors;

/// <summary>How a batch as a whole ends, and how it comes.</summary>
public sealed class OutcomeTests
{
    static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("", 200)]
    [InlineData("&_require=all", 424)]
    [InlineData("&_require=bad", 424)]
    [InlineData("&_require=good,bad", 424)]
    [InlineData("&_require=good", 200)]
    public async Task A_required_section_that_failed_makes_the_whole_424_with_the_same_body(string wish, int status)
    {
        await using var host = await Host.StartAsync(app => app.MapGet("/good", () => 1));

        var reply = await host.GetAsync($"/batch?good=/good&bad=/bad{wish}");

        (reply.Status, reply.Header("Batch-Complete")).ShouldBe((status, "?0"));
        reply.Text.ShouldBe("""{"good":1,"bad":{"title":"Not Found","status":404}}""");
    }

    [Theory]
    [InlineData("?_require=all", 424)]
    [InlineData("?_require=1", 200)]
    [InlineData("?_require=2", 424)]
    [InlineData("", 200)]
    public async Task So_does_a_required_request(string wish, int status)
    {
        await using var host = await Host.StartAsync(app => app.MapGet("/good", () => 1));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/batch{wish}") { Content = Batch("""{"id":"1","method":"GET","url":"/good"},{"id":"2","method":"GET","url":"/bad"}""") };

        var reply = await host.SendAsync(request, ("Prefer", "respond-async"));

        (reply.Status, reply.Json.GetProperty("complete").GetBoolean(), reply.Responses.Count).ShouldBe((status, false, 2));
        reply.Header("Preference-Applied").ShouldBeNull();
    }

    [Fact]
    public async Task An_empty_batch_is_answered_by_an_empty_one()
    {
        await using var host = await Host.SampleAsync();

        (await host.PostTextAsync("""{"requests":[]}""")).Text.ShouldBe("""{"responses":[],"complete":true}""");
    }

    [Theory]
    [InlineData("application/x-ndjson", true)]
    [InlineData("application/json;q=0.5, application/x-ndjson", true)]
    [InlineData("application/json, application/x-ndjson;q=0.5", false)]
    [InlineData("application/x-ndjson;q=0", false)]
    [InlineData("*/*", false)]
    [InlineData("multipart/mixed", false)]
    public async Task Lines_come_to_those_who_ask_for_them(string accept, bool lines)
    {
        await using var host = await Host.SampleAsync();

        var reply = await host.GetAsync("/batch?a=/foo", ("Accept", accept));

        reply.Header("Content-Type").ShouldBe(lines ? "application/x-ndjson; charset=utf-8" : "application/json; charset=utf-8");
    }

    [Fact]
    public async Task Each_response_is_a_line_when_it_is_ready_and_the_last_line_is_the_summary()
    {
        var release = new TaskCompletionSource();
        await using var host = await Host.StartAsync(app =>
        {
            app.MapGet("/slow", async () =>
            {
                await release.Task;
                return "slow";
            });
            app.MapGet("/pretty", () => Results.Text("{\r\n  \"a\": \"\\n\"\r\n}", "application/json"));
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/batch?_require=all") { Content = Batch("""{"id":"1","method":"GET","url":"/slow"},{"id":"2","method":"GET","url":"/pretty"},{"id":"3","method":"GET","url":"/none"}""") };
        request.Headers.Accept.ParseAdd("application/x-ndjson");

        using var response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        ((int)response.StatusCode).ShouldBe(200);
        var early = new[] { (await reader.ReadLineAsync().WaitAsync(Hang))!, (await reader.ReadLineAsync().WaitAsync(Hang))! };
        early.Order().First(line => line.Contains("\"2\"", StringComparison.Ordinal)).ShouldBe("""{"id":"2","status":200,"headers":{"Content-Type":"application/json"},"body":{    "a": "\n"  }}""");
        release.SetResult();
        JsonDocument.Parse((await reader.ReadLineAsync().WaitAsync(Hang))!).RootElement.GetProperty("body").GetString().ShouldBe("slow");
        (await reader.ReadLineAsync().WaitAsync(Hang)).ShouldBe("""{"complete":false,"status":424,"succeeded":2,"failed":1}""");
        (await reader.ReadLineAsync().WaitAsync(Hang)).ShouldBeNull();
    }

    [Fact]
    public async Task A_reader_of_lines_who_leaves_ends_what_runs()
    {
        var cancelled = new TaskCompletionSource();
        await using var host = await Host.StartAsync(app =>
        {
            app.MapGet("/waits", async (HttpContext context) =>
            {
                context.RequestAborted.Register(cancelled.SetResult);
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            });
            app.MapGet("/quick", () => 1);
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/batch?w=/waits&q=/quick");
        request.Headers.Accept.ParseAdd("application/x-ndjson");

        using (var response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            (await reader.ReadLineAsync().WaitAsync(Hang))!.ShouldContain("\"q\"");
        }

        await cancelled.Task.WaitAsync(Hang);
        (await host.GetAsync("/batch?q=/quick")).Text.ShouldBe("""{"q":1}""");
    }

    static StringContent Batch(string requests) => new($$"""{"requests":[{{requests}}]}""", System.Text.Encoding.UTF8, "application/json");
}
