using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Tutti.Batching.Tests.Calls;

/// <summary>Values of earlier answers in later requests.</summary>
public sealed class ReferenceTests
{
    static readonly string[] First = ["first"];

    [Fact]
    public async Task In_a_body_types_are_kept_and_in_a_text_they_are_text()
    {
        await using var host = await StartAsync();

        var responses = await host.AskAsync(
            new { id = "second", method = "POST", url = "/echo", body = new { number = "{$responses.first.body.id}", text = "no {$responses.first.body.id}!", all = "{$responses.first.body.list}", truth = "{$responses.first.body.deep.yes}", nothing = "{$responses.first.body.nothing}", status = "{$responses.first.status}", header = "{$responses.first.headers.X-Own}", pointer = "{$responses.first.body#/a~1b/0}", index = "{$responses.first.body.list[1].name}", literal = "{{$responses.first.body.id}", plain = 1.50 } },
            new { id = "first", method = "GET", url = "/first" });

        responses["second"].GetProperty("body").GetRawText().ShouldBe("""{"number":7,"text":"no 7!","all":[{"name":"x"},{"name":"y z"}],"truth":true,"nothing":null,"status":200,"header":"own","pointer":1.0,"index":"y z","literal":"{$responses.first.body.id}","plain":1.5}""");
    }

    [Theory]
    [InlineData("/path/{$responses.first.body.id}", "/path/7")]
    [InlineData("/path/{$responses.first.body.list[1].name}/x?q={$responses.first.body.list.1.name}", "/path/y z/x?q=y%20z")]
    [InlineData("/path/{$responses.first.body.slash}", "/path/a%2Fb?c")]
    [InlineData("{$responses.first.headers.location}", "/path/made")]
    [InlineData("{$responses.first.body.href}?x=1", "/path/href?x=1")]
    [InlineData("$first/more", "/path/made/more")]
    public async Task In_a_url_a_value_is_one_segment_or_the_url_itself(string url, string path)
    {
        await using var host = await StartAsync();

        var responses = await host.AskAsync(new { id = "first", method = "GET", url = "/first" }, new { id = "second", method = "GET", url, dependsOn = First });

        responses["second"].GetProperty("body").GetString().ShouldBe(path);
    }

    [Theory]
    [InlineData("/path/{$responses.first.body.dots}/x", 424, "A value makes '.' or '..' a segment of the path")]
    [InlineData("/path/{$responses.first.body.none}", 424, "responses.first.body.none is missing: its body has no 'none' there")]
    [InlineData("/path/{$responses.first.body.nothing}", 424, "it is null")]
    [InlineData("/path/{$responses.first.body.list}", 424, "it is no single value")]
    [InlineData("/path/{$responses.first.body.list[2].name}", 424, "its body has no '2' there")]
    [InlineData("/path/{$responses.first.headers.X-None}", 424, "the answer has no header 'X-None'")]
    [InlineData("{$responses.first.body.evil}", 400, "another place")]
    [InlineData("/path/{$responses.failing.body.id}", 424, "'failing' ended with 404")]
    public async Task A_value_that_is_missing_or_leads_elsewhere_is_told_in_the_place_of_the_request(string url, int status, string detail)
    {
        await using var host = await StartAsync();

        var responses = await host.AskAsync(new { id = "first", method = "GET", url = "/first" }, new { id = "failing", method = "GET", url = "/none" }, new { id = "second", method = "GET", url });

        responses["second"].GetProperty("status").GetInt32().ShouldBe(status);
        responses["second"].GetProperty("body").GetProperty("detail").GetString()!.ShouldContain(detail);
    }

    [Theory]
    [InlineData("/a/{$responses.none.body.id}", "Request 'second': {$responses.none.body.id} refers to 'none', which no request has as its id")]
    [InlineData("/a/{$responses.first.boby.id}", "Request 'second': {$responses.first.boby.id} names neither body, headers nor status of 'first'")]
    [InlineData("/a/{$responses.first.body.id", "Request 'second': '{$responses.first.body.id' has no closing brace")]
    [InlineData("/a/{$responses.first.body..id}", "Request 'second': {$responses.first.body..id} cannot be read: write body.member, body#/pointer, headers.Name or status")]
    [InlineData("/a/{$responses.second.body.id}", "These wait for each other: 'second' → 'second'")]
    public async Task What_cannot_be_is_told_before_anything_runs(string url, string fault)
    {
        var ran = 0;
        await using var host = await Host.StartAsync(app => app.MapGet("/first", () => ++ran));

        var reply = await host.PostAsync(new { requests = new object[] { new { id = "first", method = "GET", url = "/first" }, new { id = "second", method = "GET", url } } });

        (reply.Status, ran).ShouldBe((400, 0));
        reply.Errors.ShouldBe([fault]);
    }

    [Fact]
    public async Task A_cycle_is_told_by_its_members_alone()
    {
        await using var host = await StartAsync();

        var reply = await host.PostAsync(new
        {
            requests = new object[]
            {
                new { id = "outside", method = "GET", url = "/{$responses.b.status}" },
                new { id = "a", method = "GET", url = "/first", dependsOn = new[] { "c" } },
                new { id = "b", method = "GET", url = "/first", dependsOn = new[] { "a" } },
                new { id = "c", method = "GET", url = "/{$responses.b.status}" },
                new { id = "free", method = "GET", url = "/first" },
            },
        });

        reply.Errors.ShouldBe(["These wait for each other: 'a' → 'c' → 'b' → 'a'"]);
    }

    [Fact]
    public async Task A_cycle_is_told_beside_what_else_is_wrong()
    {
        await using var host = await StartAsync();

        var reply = await host.PostAsync(new
        {
            requests = new object[]
            {
                new { id = "a", method = "GET", url = "/first", dependsOn = new[] { "b", "none" } },
                new { id = "b", method = "GET", url = "/first", dependsOn = new[] { "a" } },
            },
        });

        reply.Errors.ShouldBe(["Request 'a': it depends on 'none', which no request has as its id", "These wait for each other: 'a' → 'b' → 'a'"]);
    }

    [Fact]
    public async Task A_header_takes_values_and_OData_s_tag_of_an_earlier_answer()
    {
        await using var host = await StartAsync();

        var responses = await host.AskAsync(
            new { id = "first", method = "GET", url = "/first" },
            new { id = "second", method = "GET", url = "/header", headers = new Dictionary<string, string> { ["X-Own"] = "a {$responses.first.body.id}", ["If-Match"] = "$first" } });

        responses["second"].GetProperty("body").GetString().ShouldBe("a 7 \"tag\"");
    }

    [Fact]
    public async Task A_value_never_becomes_another_header()
    {
        await using var host = await StartAsync();

        var responses = await host.AskAsync(
            new { id = "first", method = "GET", url = "/first" },
            new { id = "second", method = "GET", url = "/header", headers = new Dictionary<string, string> { ["X-Own"] = "{$responses.first.body.crlf}" } });

        responses["second"].GetProperty("status").GetInt32().ShouldBe(400);
    }

    [Fact]
    public async Task Sections_of_a_GET_refer_to_each_other_too()
    {
        await using var host = await StartAsync();

        var reply = await host.GetAsync($"/batch?b={Uri.EscapeDataString("/path/{$responses.a.body.id}")}&a=/first");

        reply.Json.GetProperty("b").GetString().ShouldBe("/path/7");
    }

    [Theory]
    [InlineData("$first/$succeeded", 200)]
    [InlineData("$failing/$succeeded", 424)]
    [InlineData("not $failing/$succeeded and $first/id eq 7", 200)]
    [InlineData("$first/id gt 7 or $first/deep/yes", 200)]
    [InlineData("($first/id ge 8) or not ($first/list/0/name eq 'x')", 424)]
    [InlineData("$first/nothing eq null and $first/none eq null", 200)]
    [InlineData("{$responses.failing.status} eq 404", 200)]
    [InlineData("$first/list/1/name ne 'it''s'", 200)]
    [InlineData("$first/id", 424)]
    [InlineData("false", 424)]
    [InlineData("1 lt 2", 200)]
    public async Task A_condition_stands_in_place_of_success(string condition, int status)
    {
        await using var host = await StartAsync();

        var responses = await host.AskAsync(
            new { id = "second", method = "GET", url = "/first", @if = condition },
            new { id = "first", method = "GET", url = "/first" },
            new { id = "failing", method = "GET", url = "/none" });

        responses["second"].GetProperty("status").GetInt32().ShouldBe(status);
    }

    [Theory]
    [InlineData("$none/id eq 1", "'$none/id' refers to 'none', which no request has as its id")]
    [InlineData("1 eq", "a value is missing")]
    [InlineData("(1 eq 1", "a bracket is not closed")]
    [InlineData("'x", "a text is not closed")]
    [InlineData("1 eq 1 1", "'1' was not expected")]
    [InlineData("banana", "'banana' is not understood")]
    public async Task A_condition_that_cannot_be_read_is_told_before_anything_runs(string condition, string fault)
    {
        await using var host = await StartAsync();

        var reply = await host.PostAsync(new { requests = new object[] { new { id = "1", method = "GET", url = "/first", @if = condition } } });

        reply.Errors.ShouldBe([$"Request '1': its 'if' cannot be read: {fault}"]);
    }

    static Task<Host> StartAsync() => Host.StartAsync(app =>
    {
        app.MapGet("/first", (HttpContext context) =>
        {
            context.Response.Headers["X-Own"] = "own";
            context.Response.Headers.Location = "/path/made";
            context.Response.Headers.ETag = "\"tag\"";
            return Results.Text("""{"id":7,"list":[{"name":"x"},{"name":"y z"}],"deep":{"yes":true},"nothing":null,"a/b":[1.0],"slash":"a/b?c","dots":"..","crlf":"a\r\nX-Evil: 1","evil":"http://evil.test/","href":"/path/href"}""", "application/json");
        });
        app.MapPost("/echo", (JsonElement body) => Results.Text(body.GetRawText().Replace("1.50", "1.5", StringComparison.Ordinal), "application/json"));
        app.MapGet("/header", (HttpContext context) => $"{context.Request.Headers["X-Own"]} {context.Request.Headers.IfMatch}");
        app.MapGet("/path/{**rest}", (HttpContext context) => $"{context.Request.Path.Value}{context.Request.QueryString}");
    });
}
