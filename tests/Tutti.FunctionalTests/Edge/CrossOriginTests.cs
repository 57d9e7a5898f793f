using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Services;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Edge;

/// <summary>Pages of other origins are let in by configuration alone, and preflights are answered at the edge.</summary>
public sealed class CrossOriginTests(SharedGateway shared)
{
    const string Page = "https://app.example.com";

    [Fact]
    public async Task By_default_a_service_answers_for_itself()
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.Headers.AccessControlAllowOrigin = "https://its.own";
            return context.Response.WriteAsync("hello");
        });
        await using var world = ServiceWorld.In(shared);
        var service = await ServeAsync(world, backend);

        using var preflight = await SendAsync(world, "OPTIONS", $"/{service}", Page, ("Access-Control-Request-Method", "PUT"));

        backend.Request.Method.ShouldBe("OPTIONS");
        preflight.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://its.own"]);
    }

    [Fact]
    public async Task A_preflight_is_answered_at_the_edge()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = await ServiceWorld.StartAsync($"Cors:Origins:0={Page}", "Cors:Origins:1=https://*.example.org", "Cors:MaxAgeSeconds=60");
        var service = await ServeAsync(world, backend);

        foreach (var path in new[] { $"/{service}", "/octoparts/2", "/batch", "/nobody-has-this" })
        {
            using var preflight = await SendAsync(world, "OPTIONS", path, Page, ("Access-Control-Request-Method", "PUT"), ("Access-Control-Request-Headers", "x-api-token, x-metadata"));
            ((int)preflight.StatusCode).ShouldBe(204);
            Field(preflight, "Access-Control-Allow-Origin").ShouldBe(Page);
            Field(preflight, "Access-Control-Allow-Methods")!.ShouldContain("PUT");
            Field(preflight, "Access-Control-Allow-Headers")!.ShouldContain("X-API-Token");
            Field(preflight, "Access-Control-Max-Age").ShouldBe("60");
            Field(preflight, "Vary").ShouldBe("Origin");
        }

        backend.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://evil.example", null)]
    [InlineData("https://app.example.com.evil.example", null)]
    [InlineData("http://app.example.com", null)]
    [InlineData("https://app.example.com:444", null)]
    [InlineData("null", null)]
    [InlineData("https://example.org", null)]
    [InlineData("https://evilexample.org", null)]
    [InlineData("https://a.example.org", "https://a.example.org")]
    [InlineData(Page, Page)]
    public async Task Only_the_origins_that_are_named_are_let_in(string origin, string? allowed)
    {
        await using var backend = await Backend.StartAsync();
        await using var world = await ServiceWorld.StartAsync($"Cors:Origins:0={Page}", "Cors:Origins:1=https://*.example.org", "Cors:Credentials=true");
        var service = await ServeAsync(world, backend);

        using var preflight = await SendAsync(world, "OPTIONS", $"/{service}", origin, ("Access-Control-Request-Method", "GET"));
        using var answer = await SendAsync(world, "GET", $"/{service}", origin);

        Field(preflight, "Access-Control-Allow-Origin").ShouldBe(allowed);
        Field(answer, "Access-Control-Allow-Origin").ShouldBe(allowed);
        Field(answer, "Access-Control-Allow-Credentials").ShouldBe(allowed is null ? null : "true");
        backend.Request.Method.ShouldBe("GET");
    }

    [Fact]
    public async Task Errors_have_the_fields_too_and_what_a_service_says_is_replaced()
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.Headers.AccessControlAllowOrigin = "https://its.own";
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await using var world = await ServiceWorld.StartAsync("Cors:Origins:0=*", "Cors:ExposedHeaders:0=X-Total");
        var service = await ServeAsync(world, backend, ""","json":"required" """);
        var lonely = await world.ServiceAsync();

        foreach (var (path, status) in new[] { ($"/{service}", 500), ($"/{lonely}", 503), ("/nobody-has-this", 404), ("/octoparts/2", 405) })
        {
            using var answer = await SendAsync(world, "GET", path, Page);
            ((int)answer.StatusCode).ShouldBe(status);
            answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
            Field(answer, "Access-Control-Expose-Headers").ShouldBe("X-Total");
        }

        using var refused = await SendAsync(world, "GET", $"/{service}", Page, ("X-Metadata", new string('x', 129)));
        ((int)refused.StatusCode).ShouldBe(400);
        Field(refused, "Access-Control-Allow-Origin").ShouldBe("*");
    }

    [Fact]
    public async Task An_answer_that_a_browser_keeps_tells_that_it_differs_by_origin()
    {
        await using var world = await ServiceWorld.StartAsync($"Cors:Origins:0={Page}");

        using var plain = await world.Client.GetAsync("/livez", TestContext.Current.CancellationToken);
        using var other = await SendAsync(world, "GET", "/livez", Page);

        Field(plain, "Vary").ShouldBe("Origin");
        Field(other, "Vary").ShouldBe("Origin");
    }

    [Fact]
    public async Task Without_an_origin_and_on_the_management_listener_nothing_is_said()
    {
        await using var world = await ServiceWorld.StartAsync("Cors:Origins:0=*");

        using var plain = await world.Client.GetAsync("/livez", TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/api/parts");
        request.Headers.Add("Origin", Page);
        using var inside = await world.Gateway.Management.SendAsync(request, TestContext.Current.CancellationToken);

        Field(plain, "Access-Control-Allow-Origin").ShouldBeNull();
        Field(plain, "Vary").ShouldBeNull();
        Field(inside, "Access-Control-Allow-Origin").ShouldBeNull();
    }

    static string? Field(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    static async Task<HttpResponseMessage> SendAsync(ServiceWorld world, string method, string path, string origin, params (string Name, string Value)[] more)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path);
        foreach (var (name, value) in more.Prepend(("Origin", origin)))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await world.Client.SendAsync(request);
    }

    static async Task<string> ServeAsync(ServiceWorld world, Backend backend, string more = "")
    {
        var service = await world.ServiceAsync(more);
        await world.InstanceAsync(service, backend.Url);
        return service;
    }
}
