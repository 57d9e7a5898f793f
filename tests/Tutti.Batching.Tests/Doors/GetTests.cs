using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Tutti.Batching.Tests.Doors;

/// <summary><c>GET /batch?f=/foo&amp;b=/bar</c>.</summary>
public sealed class GetTests
{
    [Theory]
    [InlineData("a=/text", """{"a":"plain text"}""")]
    [InlineData("a=/image", """{"a":"/9j/AA=="}""")]
    [InlineData("a=/bar&z=/foo&b=/bar", """{"a":[1,2,3],"z":{"name":"foo"},"b":[1,2,3]}""")]
    [InlineData("a=bar", """{"a":[1,2,3]}""")]
    [InlineData("a=./bar", """{"a":[1,2,3]}""")]
    [InlineData("a=/x/../%62ar", """{"a":[1,2,3]}""")]
    [InlineData("a=/users/7/orders", """{"a":{"user":7,"orders":[{"id":1,"product":"book","count":2}]}}""")]
    public async Task A_section_holds_what_its_endpoint_answered(string query, string text)
    {
        await using var host = await Host.SampleAsync();

        var reply = await host.GetAsync($"/batch?{query}");

        (reply.Status, reply.Text).ShouldBe((200, text));
        reply.Header("Batch-Complete").ShouldBe("?1");
    }

    [Fact]
    public async Task JSON_is_passed_through_as_it_is_and_what_only_claims_to_be_JSON_is_a_string()
    {
        await using var host = await Host.StartAsync(app =>
        {
            app.MapGet("/own", () => Results.Text("{ \"a\" : 1.50,\n\"a\":\"\\u00e9\" }", "application/json"));
            app.MapGet("/broken", () => Results.Text("{\"a\":", "application/json"));
            app.MapGet("/two", () => Results.Text("{} {}", "application/json"));
            app.MapGet("/latin", () => Results.Bytes(Encoding.Latin1.GetBytes("{\"é\":1}"), "application/json; charset=iso-8859-1"));
            app.MapGet("/bad", () => Results.Bytes([(byte)'"', 0xff, (byte)'"'], "application/json"));
            app.MapGet("/html", () => Results.Text("<b>\"</b>", "text/html"));
        });

        var reply = await host.GetAsync("/batch?o=/own&b=/broken&t=/two&l=/latin&x=/bad&h=/html");

        reply.Text.ShouldBe("{\"o\":{ \"a\" : 1.50,\n\"a\":\"\\u00e9\" },\"b\":\"{\\\"a\\\":\",\"t\":\"{} {}\",\"l\":{\"é\":1},\"x\":\"Iv8i\",\"h\":\"<b>\\\"</b>\"}");
    }

    [Fact]
    public async Task A_section_that_fails_holds_its_own_JSON_error_or_a_problem()
    {
        await using var host = await Host.StartAsync(app =>
        {
            app.MapGet("/own", () => Results.Json(new { error = "mine" }, statusCode: 409));
            app.MapGet("/text", () => Results.Text("too bad", statusCode: 400));
            app.MapGet("/throws", IResult () => throw new InvalidOperationException("secret"));
            app.MapGet("/good", () => 1);
        });

        var reply = await host.GetAsync("/batch?own=/own&none=/none&text=/text&throws=/throws&good=/good");

        reply.Status.ShouldBe(200);
        reply.Header("Batch-Status").ShouldBe("own=409, none=404, text=400, throws=500, good=200");
        reply.Header("Batch-Complete").ShouldBe("?0");
        reply.Json.GetProperty("own").GetRawText().ShouldBe("""{"error":"mine"}""");
        reply.Json.GetProperty("none").GetRawText().ShouldBe("""{"title":"Not Found","status":404}""");
        reply.Json.GetProperty("text").GetProperty("detail").GetString().ShouldBe("too bad");
        reply.Json.GetProperty("throws").GetProperty("status").GetInt32().ShouldBe(500);
        reply.Text.ShouldNotContain("secret");
        reply.Json.GetProperty("good").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task The_full_envelope_tells_status_and_headers()
    {
        await using var host = await Host.StartAsync(app => app.MapGet("/a", (HttpContext context) =>
        {
            context.Response.Headers["X-Own"] = new[] { "1", "2" };
            context.Response.Headers.Connection = "close";
            return Results.Json(new { a = 1 }, statusCode: 203);
        }));

        var reply = await host.GetAsync("/batch?a=/a&n=/n&_envelope=full");

        reply.Text.ShouldBe("""{"a":{"status":203,"headers":{"X-Own":"1, 2","Content-Type":"application/json; charset=utf-8"},"body":{"a":1}},"n":{"status":404,"headers":{}}}""");
    }

    [Theory]
    [InlineData("f=/foo&f=/bar", "'f' is there twice: each name is used once")]
    [InlineData("f=/foo&f=/foo", "'f' is there twice: each name is used once")]
    [InlineData("f=", "'f' has no url")]
    [InlineData("=/foo", "A parameter has no name")]
    [InlineData("_x=/foo", "'_x' is unknown: names that begin with an underscore are _envelope and _require")]
    [InlineData("f=/foo&_envelope=fool", "_envelope is 'full' or 'body', not 'fool'")]
    [InlineData("f=/foo&_require=g", "_require names 'g', which no request has as its id")]
    [InlineData("", "No request is named: write /batch?name=/path")]
    [InlineData("_envelope=full", "No request is named: write /batch?name=/path")]
    [InlineData("_require=all", "No request is named: write /batch?name=/path")]
    public async Task What_is_wrong_is_told_and_nothing_runs(string query, string fault)
    {
        var ran = 0;
        await using var host = await Host.StartAsync(app => app.MapGet("/foo", () => ++ran));

        var reply = await host.GetAsync($"/batch?{query}");

        (reply.Status, ran).ShouldBe((400, 0));
        reply.Errors.ShouldBe([fault]);
        reply.Header("Content-Type").ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Names_differ_by_case_and_those_that_are_no_keys_are_told_by_position()
    {
        await using var host = await Host.StartAsync(app => app.MapGet("/a", () => 1));

        var reply = await host.GetAsync("/batch?a=/a&A=/a&userProfile=/x&b%22=/a&%C3%A9=/a");

        reply.Header("Batch-Status").ShouldBe("""a=200, *2=200;name="A", *3=404;name="userProfile", *4=200;name="b\"", *5=200;name=%"%c3%a9" """.TrimEnd());
    }

    [Fact]
    public async Task HEAD_tells_what_GET_would()
    {
        await using var host = await Host.SampleAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, "/batch?f=/foo");

        var reply = await host.SendAsync(request);

        (reply.Status, reply.Text, reply.Header("Batch-Status")).ShouldBe((200, "", "f=200"));
    }
}
