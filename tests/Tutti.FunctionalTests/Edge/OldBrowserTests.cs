using Tutti.FunctionalTests.Services;
using Tutti.FunctionalTests.Support;
using Tutti.FunctionalTests.Threats;

namespace Tutti.FunctionalTests.Edge;

/// <summary>Old browsers say in the query what they cannot say elsewhere.</summary>
public sealed class OldBrowserTests(SharedGateway shared)
{
    const string Old = "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1)";
    const string New = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0";

    [Fact]
    public async Task Arguments_become_method_and_headers_and_leave_the_query()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await ServeAsync(world, backend);

        await SendAsync(world, "POST", $"/{service}/a%2Fb?x=1&_method=put&_X-API-Authenticate=dTpwYXNz%2Bw==&_x-api-token=t%20k&y=%5Fm&_X-Metadata=cart%2017+b&_Accept=application/json&z");

        var sent = backend.Request;
        (sent.Method, sent.Target).ShouldBe(("PUT", $"/{service}/a%2Fb?x=1&y=%5Fm&z"));
        sent.Header("X-API-Authenticate").ShouldBe("dTpwYXNz+w==");
        sent.Header("X-API-Token").ShouldBe("t k");
        sent.Header("X-Metadata").ShouldBe("cart 17 b");
        sent.Header("Accept").ShouldBe("application/json");
    }

    [Theory]
    [InlineData("_api_authenticate=a%2Bb&_api_token=t&_metadata=m")]
    [InlineData("_API_AUTHENTICATE=a%2Bb&_Api_Token=t&_Metadata=m")]
    [InlineData("%5Fapi_authenticate=a+b&%5fapi%5ftoken=t&_METADATA=m")]
    public async Task The_short_names_mean_the_same_in_any_case(string query)
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await ServeAsync(world, backend);

        await SendAsync(world, "GET", $"/{service}?{query}");

        var sent = backend.Request;
        (sent.Method, sent.Target).ShouldBe(("GET", $"/{service}"));
        (sent.Header("X-API-Authenticate"), sent.Header("X-API-Token"), sent.Header("X-Metadata")).ShouldBe(("a+b", "t", "m"));
    }

    [Theory]
    [InlineData(New)]
    [InlineData("curl/8.5.0")]
    [InlineData("")]
    public async Task Threat_48_modern_browsers_get_no_such_thing(string agent)
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await ServeAsync(world, backend);
        var target = $"/{service}?_method=DELETE&_X-API-Token=t&_metadata=m";

        await SendAsync(world, "POST", target, agent);

        var sent = backend.Request;
        (sent.Method, sent.Target).ShouldBe(("POST", target));
        sent.Headers.Keys.ShouldNotContain("X-API-Token");
        sent.Headers.Keys.ShouldNotContain("X-Metadata");
    }

    [Theory]
    [InlineData("GET", "_method=DELETE", "_method is taken from POST requests only")]
    [InlineData("GET", "_METHOD=GET", "_METHOD is taken from POST requests only")]
    [InlineData("PUT", "_method=DELETE", "_method is taken from POST requests only")]
    [InlineData("POST", "_method=CONNECT", "_method must be one of")]
    [InlineData("POST", "_method=TRACE", "_method must be one of")]
    [InlineData("POST", "_method=HEAD", "_method must be one of")]
    [InlineData("POST", "_method=", "_method must be one of")]
    [InlineData("POST", "_method=DELETE%20/x", "_method must be one of")]
    [InlineData("POST", "_method=PUT&_method=DELETE", "_method is given twice")]
    [InlineData("POST", "_method=PUT&_Method=PUT", "_method is given twice")]
    [InlineData("POST", "_X-API-Token=a&_api_token=b", "_X-API-Token is given twice")]
    [InlineData("POST", "_X-API-Token=a%0d%0aX-Evil:1", "_X-API-Token cannot be the header X-API-Token")]
    [InlineData("POST", "_accept=%00", "_accept cannot be the header Accept")]
    [InlineData("POST", "_metadata=a%0ab", "_metadata cannot be the header X-Metadata")]
    [InlineData("POST", "_X-API-Token=", "_X-API-Token cannot be the header X-API-Token")]
    public async Task Threat_48_only_a_POST_is_turned_and_each_thing_is_said_once(string method, string query, string error)
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await ServeAsync(world, backend);

        var answer = await SendAsync(world, method, $"/{service}?{query}");

        answer.ShouldStartWith("HTTP/1.1 400 ");
        answer.ShouldContain("{\"_api_error\":[\"" + error);
        backend.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Threat_48_a_header_is_not_overruled_by_an_argument()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await ServeAsync(world, backend);

        (await SendAsync(world, "GET", $"/{service}?_api_token=mine", more: "X-API-Token: theirs\r\n")).ShouldStartWith("HTTP/1.1 400 ");
        (await SendAsync(world, "GET", $"/{service}?_api_token=mine", more: "X-API-Token: mine\r\n")).ShouldStartWith("HTTP/1.1 200 ");
    }

    [Fact]
    public async Task Threat_48_a_POST_is_turned_only_into_what_its_route_allows()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var path = Some.Name("things");
        var service = await world.ServiceAsync($$""","route":{"off":true},"rules":[{"path":"/{{path}}","method":"GET"},{"path":"/{{path}}","method":"PUT"}]""");
        await world.InstanceAsync(service, backend.Url);

        (await SendAsync(world, "POST", $"/{path}?_method=PUT")).ShouldStartWith("HTTP/1.1 200 ");
        var refused = await SendAsync(world, "POST", $"/{path}?_method=DELETE");
        refused.ShouldStartWith("HTTP/1.1 405 ");
        refused.ShouldContain("Allow: GET, PUT\r\n");
        (await SendAsync(world, "POST", "/octoparts/2?_method=DELETE")).ShouldStartWith("HTTP/1.1 405 ");
        (await SendAsync(world, "POST", "/nobody-has-this?_method=DELETE")).ShouldStartWith("HTTP/1.1 404 ");

        backend.Request.Method.ShouldBe("PUT");
    }

    [Fact]
    public async Task A_list_of_ones_own_and_none_at_all()
    {
        await using var backend = await Backend.StartAsync();
        await using (var world = await ServiceWorld.StartAsync("OldBrowsers:UserAgents:0=^Dinosaur/"))
        {
            var service = await ServeAsync(world, backend);
            await SendAsync(world, "POST", $"/{service}?_method=PUT", "Dinosaur/1.0");
            await SendAsync(world, "POST", $"/{service}?_method=PUT");
        }

        await using (var world = await ServiceWorld.StartAsync("OldBrowsers:Enabled=false"))
        {
            var service = await ServeAsync(world, backend);
            await SendAsync(world, "POST", $"/{service}?_method=PUT");
        }

        backend.Requests.Select(request => request.Method).ShouldBe(["PUT", "POST", "POST"]);
    }

    [Theory]
    [InlineData(Old, "", "application/json; charset=utf-8", "application/json", 200)]
    [InlineData(Old, "Accept: image/gif, image/jpeg, */*\r\n", "application/json; charset=utf-8", "application/json", 200)]
    [InlineData(Old, "Accept: text/html, application/json\r\nContent-Type: application/json\r\n", "application/json", "text/html, application/json", 200)]
    [InlineData(Old, "Content-Type: text/plain\r\n", null, null, 400)]
    [InlineData(New, "Content-Type: application/json\r\nAccept: */*\r\n", "application/json", "*/*", 200)]
    [InlineData(New, "Content-Type: application/json\r\n", "application/json", null, 200)]
    [InlineData(New, "", null, null, 400)]
    public async Task On_JSON_routes_what_old_browsers_leave_out_is_filled_in(string agent, string more, string? type, string? accept, int status)
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await ServeAsync(world, backend, ""","json":"required" """);

        (await SendAsync(world, "POST", $"/{service}", agent, $"{more}Content-Length: 2\r\n", "{}")).ShouldStartWith($"HTTP/1.1 {status} ");

        if (status == 200)
        {
            backend.Request.Header("Content-Type").ShouldBe(type);
            backend.Request.Header("Accept").ShouldBe(accept);
        }
    }

    [Fact]
    public async Task Elsewhere_nothing_is_filled_in()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await ServeAsync(world, backend);

        await SendAsync(world, "POST", $"/{service}", Old, "Content-Length: 2\r\n", "{}");

        backend.Request.Headers.Keys.ShouldNotContain("Content-Type");
        backend.Request.Headers.Keys.ShouldNotContain("Accept");
    }

    static Task<string> SendAsync(ServiceWorld world, string method, string target, string agent = Old, string more = "", string body = "") =>
        RawClient.ExchangeAsync(world.Gateway, $"{method} {target} HTTP/1.1\r\nHost: h\r\nConnection: close\r\nUser-Agent: {agent}\r\n{more}\r\n{body}");

    static async Task<string> ServeAsync(ServiceWorld world, Backend backend, string more = "")
    {
        var service = await world.ServiceAsync(more);
        await world.InstanceAsync(service, backend.Url);
        return service;
    }
}
