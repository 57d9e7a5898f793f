using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Batch;

/// <summary>The gateway's own <c>/batch</c>.</summary>
public sealed class BatchTests(SharedGateway shared)
{
    readonly TestGateway _gateway = shared.Gateway;

    [Fact]
    public async Task Parts_aggregates_and_everything_else_on_the_port_come_in_one()
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync($$"""{"q":"{{context.Request.Query["q"]}}"}""");
        });
        var part = await _gateway.RegisterOneAsync(Some.Part(backend.Url, Some.Param(ParamKind.Query, "q")));

        using var answer = await _gateway.Traffic.GetAsync($"/batch?p={Uri.EscapeDataString($"/parts/{part}?q=a b")}&health=/livez&list=/octoparts/2/list?partIdParams={part}&none=/parts/nobody");

        var json = await JsonOf(answer);
        json.GetProperty("p").GetRawText().ShouldBe("""{"q":"a b"}""");
        json.GetProperty("health").GetString().ShouldBe("ok");
        json.GetProperty("list")[0].GetProperty("partId").GetString().ShouldBe(part);
        json.GetProperty("none").GetProperty("title").GetString().ShouldBe("Unknown part");
        answer.Headers.GetValues("Batch-Status").ShouldBe(["p=200, health=200, list=200, none=404"]);
    }

    [Fact]
    public async Task A_later_part_takes_a_value_of_an_earlier_one()
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync($$"""{"id":{{context.Request.Query["q"].Count}},"q":"{{context.Request.Query["q"]}}"}""");
        });
        var part = await _gateway.RegisterOneAsync(Some.Part(backend.Url, Some.Param(ParamKind.Query, "q")));

        using var answer = await _gateway.Traffic.PostAsJsonAsync("/batch", new
        {
            requests = new object[]
            {
                new { id = "user", method = "GET", url = $"/parts/{part}?q=x" },
                new { id = "orders", method = "GET", url = $"/parts/{part}?q={{$responses.user.body.id}}" },
            },
        });

        (await JsonOf(answer)).GetProperty("responses")[1].GetProperty("body").GetProperty("q").GetString().ShouldBe("1");
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/admin/api/parts")]
    [InlineData("/system/config")]
    [InlineData("/openapi/admin.json")]
    [InlineData("/hystrix.stream")]
    public async Task Threat_67_the_management_listener_cannot_be_reached(string path)
    {
        var management = _gateway.Management.BaseAddress!;
        string[] urls = [path, $"{management}{path[1..]}", $"//{management.Authority}{path}", $"/x/..{path}"];

        using var answer = await _gateway.Traffic.PostAsJsonAsync("/batch", new
        {
            requests = urls.Select((url, n) => new { id = $"{n}", method = "GET", url, headers = new { } }).Concat(
                [new { id = "host", method = "GET", url = path, headers = new { } }]),
        });

        (await JsonOf(answer)).GetProperty("responses").EnumerateArray().Select(response => response.GetProperty("status").GetInt32()).ShouldBe([404, 400, 400, 404, 404]);
        (await _gateway.Management.GetAsync("/batch?a=/livez")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Another_method_is_405()
    {
        using var answer = await _gateway.Traffic.DeleteAsync("/batch");

        ((int)answer.StatusCode, string.Join(", ", answer.Content.Headers.Allow)).ShouldBe((405, "GET, HEAD, POST"));
    }

    [Theory]
    [InlineData("Batch:MaxRequests=1", 413)]
    [InlineData("Batch:MaxUrlLength=16", 414)]
    [InlineData("Batch:MaxRequests=2", 200)]
    public async Task The_limits_are_settings(string setting, int status)
    {
        await using var gateway = await TestGateway.StartAsync(setting);

        using var answer = await gateway.Traffic.GetAsync("/batch?a=/livez&b=/livez?q=aaaaaaaaaaa");

        ((int)answer.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task A_backend_that_breaks_off_is_told_in_its_place()
    {
        await using var backend = await Backend.StartAsync(async context =>
        {
            context.Response.ContentLength = 10;
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        var part = await _gateway.RegisterOneAsync(Some.Part(backend.Url));

        using var answer = await _gateway.Traffic.GetAsync($"/batch?broken=/parts/{part}&good=/livez");

        answer.Headers.GetValues("Batch-Status").ShouldBe(["broken=502, good=200"]);
    }

    internal static async Task<JsonElement> JsonOf(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
}
