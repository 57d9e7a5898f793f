using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Tutti.Batching.Tests.Threats;

/// <summary>A small batch cannot make much work or memory of itself, nor bring the process down.</summary>
public sealed class AmplificationTests
{
    const int Large = 200_000;

    [Fact]
    public async Task A_condition_of_very_many_terms_is_read_and_decided()
    {
        await using var host = await StartAsync();
        var condition = string.Join(" and ", Enumerable.Repeat("1 eq 1", 70_000));

        (await StatusAsync(host, new { id = "1", method = "GET", url = "/small", @if = condition })).ShouldBe(200);
        (await StatusAsync(host, new { id = "1", method = "GET", url = "/small", @if = condition.Replace("and", "or", StringComparison.Ordinal) })).ShouldBe(200);
        (await StatusAsync(host, new { id = "1", method = "GET", url = "/small", @if = $"{condition} and false" })).ShouldBe(424);
    }

    [Theory]
    [InlineData(4, 200)]
    [InlineData(6, 413)]
    public async Task A_body_does_not_grow_beyond_the_limit_by_values_in_it(int times, int status)
    {
        await using var host = await StartAsync();

        (await StatusAsync(host, new { id = "1", method = "POST", url = "/length", body = Enumerable.Repeat("{$responses.first.body}", times) })).ShouldBe(status);
        (await StatusAsync(host, new { id = "1", method = "POST", url = "/length", body = string.Concat(Enumerable.Repeat("{$responses.first.body} ", times)) })).ShouldBe(status);
    }

    [Fact]
    public async Task A_url_does_not_grow_beyond_the_limit_by_values_in_it()
    {
        await using var host = await StartAsync();

        (await StatusAsync(host, new { id = "1", method = "GET", url = "/small?q={$responses.first.body}" })).ShouldBe(414);
        (await StatusAsync(host, new { id = "1", method = "GET", url = "/small?q={$responses.first.status}" })).ShouldBe(200);
    }

    [Fact]
    public async Task A_header_does_not_grow_beyond_the_limit_by_values_in_it()
    {
        await using var host = await StartAsync();

        (await StatusAsync(host, new { id = "1", method = "GET", url = "/small", headers = new { X = "{$responses.first.body}" } })).ShouldBe(431);
    }

    [Fact]
    public async Task Values_of_all_requests_together_stay_within_the_limit_of_all_answers()
    {
        await using var host = await StartAsync();
        var requests = Enumerable.Range(0, 20).Select(n => (object)new { id = $"{n}", method = "POST", url = "/length", body = Enumerable.Repeat("{$responses.first.body}", 4) });

        var responses = await host.AskAsync([new { id = "first", method = "GET", url = "/large" }, .. requests]);

        responses.Values.Count(response => response.GetProperty("status").GetInt32() == 413).ShouldBe(10);
    }

    [Fact]
    public async Task Faults_are_told_up_to_a_number()
    {
        await using var host = await StartAsync();

        var reply = await host.PostTextAsync($$"""{"requests":[{{string.Join(',', Enumerable.Repeat('1', 100_000))}}]}""");

        reply.Status.ShouldBe(400);
        reply.Errors.Length.ShouldBe(101);
        reply.Errors[^1].ShouldBe("99900 more faults");
    }

    [Theory]
    [InlineData("""{"a":"{$responses.first.status}","b":"\ud800"}""")]
    [InlineData("""{"b":"\ud800","a":"{$responses.none.status}"}""")]
    [InlineData("""{"\ud800":"{$responses.first.status}"}""")]
    public async Task Half_a_character_in_a_body_with_values_is_told(string body)
    {
        await using var host = await StartAsync();

        var reply = await host.PostTextAsync($$"""{"requests":[{"id":"first","method":"GET","url":"/small"},{"id":"1","method":"POST","url":"/length","body":{{body}}}]}""");

        reply.Status.ShouldBeOneOf(200, 400);
    }

    [Fact]
    public async Task Half_a_character_in_an_answer_holds_up_nobody_who_uses_its_values()
    {
        await using var host = await StartAsync();

        var responses = (await host.AskAsync(
            new { id = "first", method = "GET", url = "/surrogates" },
            new { id = "value", method = "GET", url = "/small?q={$responses.first.body.id}" },
            new { id = "half", method = "GET", url = "/small?q={$responses.first.body.half}" },
            new { id = "body", method = "POST", url = "/length", body = "{$responses.first.body.half}" },
            new { id = "text", method = "POST", url = "/length", body = "a {$responses.first.body.half}" },
            new { id = "if", method = "GET", url = "/small", @if = "$first/half eq 'a'" },
            new { id = "none", method = "GET", url = "/small?q={$responses.first.body.none}" })).ToDictionary(pair => pair.Key, pair => pair.Value.GetProperty("status").GetInt32());

        responses.ShouldBe(new Dictionary<string, int> { ["first"] = 200, ["value"] = 200, ["half"] = 424, ["body"] = 200, ["text"] = 424, ["if"] = 424, ["none"] = 424 });
    }

    static Task<Host> StartAsync() => Host.StartAsync(
        app =>
        {
            app.MapGet("/small", () => 1);
            app.MapGet("/large", () => new string('x', Large));
            app.MapGet("/surrogates", () => Results.Text("""{"\ud800":1,"half":"\ud800","id":7}""", "application/json"));
            app.MapPost("/length", (JsonElement body) => body.GetRawText().Length);
        },
        options =>
        {
            options.Timeout = TimeSpan.FromSeconds(10);
            options.MaxConcurrentRequests = 1;
            options.MaxTotalResponseBytes = 10 * 4 * Large + Large;
        });

    static async Task<int> StatusAsync(Host host, object request) =>
        (await host.AskAsync(new { id = "first", method = "GET", url = "/large" }, request))["1"].GetProperty("status").GetInt32();
}
