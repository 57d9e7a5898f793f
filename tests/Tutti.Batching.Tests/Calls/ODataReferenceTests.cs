using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Tutti.Batching.Tests.Calls;

/// <summary>References as OData 4.01 writes them, in the urls of later requests.</summary>
public sealed class ODataReferenceTests
{
    [Theory]
    [InlineData("/path?$filter=id eq $first/id", "/path?$filter=id%20eq%207")]
    [InlineData("/path?$filter=id%20eq%20$first/id%20and%20true", "/path?$filter=id%20eq%207%20and%20true")]
    [InlineData("/path?$filter=id+eq+$first/id+and+true", "/path?$filter=id+eq+7+and+true")]
    [InlineData("/path?$filter=(name eq $first/name)", "/path?$filter=(name%20eq%20%27it%27%27s%20%26%27)")]
    [InlineData("/path?$filter=startswith(name,$first/deep/text) and $first/deep/yes&$top=$first/id", "/path?$filter=startswith(name,%27x%27)%20and%20true&$top=7")]
    [InlineData("/path?$filter=a eq $first/nothing", "/path?$filter=a%20eq%20null")]
    [InlineData("/path?$filter=a in $first/ids", "/path?$filter=a%20in%20%5B1%2C2%5D")]
    [InlineData("/path?a=1&$filter=b eq @p&@p=$first/name", "/path?a=1&$filter=b%20eq%20@p&@p=%27it%27%27s%20%26%27")]
    [InlineData("/path?q=$first/name&r=$first/ids/1", "/path?q=it%27s%20%26&r=2")]
    [InlineData("/path?%24filter=a eq $first/n%C3%A9", "/path?%24filter=a%20eq%20%27e%27")]
    [InlineData("/path?$filter=a eq {$responses.first.body.id} and b eq $first/name", "/path?$filter=a%20eq%207%20and%20b%20eq%20%27it%27%27s%20%26%27")]
    [InlineData("$first/more?q=$first/id&r={$responses.first.status}", "/path/made/more?q=7&r=200")]
    public async Task In_a_query_a_value_stands_as_a_literal_in_options_of_OData_and_as_itself_elsewhere(string url, string path)
    {
        await using var host = await StartAsync();

        var responses = await host.AskAsync(new { id = "second", method = "GET", url }, new { id = "first", method = "GET", url = "/first" });

        responses["second"].GetProperty("body").GetString().ShouldBe(path);
    }

    [Theory]
    [InlineData("/path?q=a$first/id")]
    [InlineData("/path?q=$none/id")]
    [InlineData("/path?q=$first")]
    [InlineData("/path?$first=1")]
    [InlineData("/path?q=%24first/id")]
    [InlineData("/path/$first/id")]
    [InlineData("/path?q=$root/id")]
    [InlineData("/path?$filter=items/$first/id")]
    public async Task What_is_no_reference_stays_as_it_is(string url)
    {
        await using var host = await StartAsync();

        var responses = await host.AskAsync(new { id = "first", method = "GET", url = "/first" }, new { id = "root", method = "GET", url = "/first" }, new { id = "second", method = "GET", url });

        responses["second"].GetProperty("body").GetString().ShouldBe(url);
    }

    [Theory]
    [InlineData("/path?q=$number", "/path?q=42")]
    [InlineData("/path?$filter=a eq $number", "/path?$filter=a%20eq%2042")]
    public async Task The_whole_body_of_one_that_it_depends_on_is_a_value(string url, string path)
    {
        await using var host = await StartAsync();

        var responses = await host.AskAsync(new { id = "number", method = "GET", url = "/number" }, new { id = "second", method = "GET", url, dependsOn = new[] { "number" } });

        responses["second"].GetProperty("body").GetString().ShouldBe(path);
    }

    [Fact]
    public async Task A_value_that_is_missing_is_told()
    {
        await using var host = await StartAsync();

        var responses = await host.AskAsync(new { id = "first", method = "GET", url = "/first" }, new { id = "second", method = "GET", url = "/path?$filter=a eq $first/none" });

        responses["second"].GetProperty("status").GetInt32().ShouldBe(424);
        responses["second"].GetProperty("body").GetProperty("detail").GetString().ShouldBe("$first/none is missing: its body has no 'none' there");
    }

    [Theory]
    [InlineData("/first", "/path/made/more")]
    [InlineData("/made", "/path/id/more")]
    [InlineData("/path/plain?a=b", "/path/plain/more")]
    public async Task A_url_begins_with_what_was_made_or_returned(string earlier, string path)
    {
        await using var host = await StartAsync();

        var responses = await host.AskAsync(new { id = "1", method = "GET", url = earlier }, new { id = "2", method = "GET", url = "$1/more", dependsOn = new[] { "1" } });

        responses["2"].GetProperty("body").GetString().ShouldBe(path);
    }

    static Task<Host> StartAsync() => Host.StartAsync(app =>
    {
        app.MapGet("/first", (HttpContext context) =>
        {
            context.Response.Headers.Location = "/path/made";
            return Results.Text("""{"id":7,"name":"it's &","deep":{"yes":true,"text":"x"},"nothing":null,"ids":[1,2],"né":"e"}""", "application/json");
        });
        app.MapGet("/made", (HttpContext context) =>
        {
            context.Response.Headers["OData-EntityId"] = "/path/id";
            return Results.NoContent();
        });
        app.MapGet("/number", () => 42);
        app.MapGet("/path/{**rest}", (HttpContext context) => $"{context.Request.Path.Value}{context.Request.QueryString}");
    });
}
