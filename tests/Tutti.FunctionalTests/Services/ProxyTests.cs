using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;
using Tutti.FunctionalTests.Threats;

namespace Tutti.FunctionalTests.Services;

/// <summary>Requests reach a service as they came, and answers their client.</summary>
public sealed class ProxyTests(SharedGateway shared)
{
    [Theory]
    [InlineData("", "")]
    [InlineData("/", "/")]
    [InlineData("/a%2Fb/%E2%82%AC;x=1/c%20d?q=a%26b&c=%2B+d&e", "/a%2Fb/%E2%82%AC;x=1/c%20d?q=a%26b&c=%2B+d&e")]
    [InlineData("//x///y", "//x///y")]
    public async Task Path_and_query_go_over_unchanged(string asked, string sent)
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, backend.Url);

        var answer = await RawClient.ExchangeAsync(world.Gateway, $"GET /{service}{asked} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        answer.ShouldStartWith("HTTP/1.1 200 ");
        backend.Request.Target.ShouldBe($"/{service}{sent}");
    }

    [Fact]
    public async Task A_stripped_prefix_does_not_reach_the_service()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync(""","route":{"strip":true},"rules":[{"pathRegex":"/old/([a-z]+)$","rewrite":"/new/\\1"}]""");
        await world.InstanceAsync(service, backend.Url);

        await world.Client.GetAsync($"/{service}/x%20y?z", TestContext.Current.CancellationToken);
        await world.Client.GetAsync("/old/thing?z", TestContext.Current.CancellationToken);

        backend.Requests.Select(request => request.Target).ShouldBe(["/x%20y?z", "/new/thing?z"]);
        backend.Requests[0].Header("X-Forwarded-Prefix")!.ShouldBe($"/{service}");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("PROPFIND")]
    public async Task Method_body_and_status_go_over(string method)
    {
        await using var backend = await Backend.StartAsync(418, "teapot");
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, backend.Url);

        using var request = new HttpRequestMessage(HttpMethod.Parse(method), $"/{service}");
        request.Content = method == "GET" ? null : new StringContent("body");
        using var answer = await world.Client.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)answer.StatusCode).ShouldBe(418);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("teapot");
        backend.Request.Method.ShouldBe(method);
        backend.Request.Body.ShouldBe(method == "GET" ? "" : "body");
    }

    [Fact]
    public async Task Fields_for_one_hop_stay_there()
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.Headers.Connection = "X-Secret-Back";
            context.Response.Headers["X-Secret-Back"] = "1";
            context.Response.Headers["X-Kept-Back"] = "1";
            return context.Response.WriteAsync("hello");
        });
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, backend.Url);

        var answer = await RawClient.ExchangeAsync(
            world.Gateway,
            $"GET /{service} HTTP/1.1\r\nHost: h\r\nConnection: close, X-Secret, X-Forwarded-For\r\nX-Secret: 1\r\nX-Kept: 1\r\nKeep-Alive: 5\r\nProxy-Authorization: x\r\nTE: gzip\r\nUpgrade-Insecure-Requests: 1\r\n\r\n");

        var sent = backend.Request;
        sent.Headers.Keys.ShouldNotContain("X-Secret");
        sent.Headers.Keys.ShouldNotContain("Keep-Alive");
        sent.Headers.Keys.ShouldNotContain("Proxy-Authorization");
        sent.Headers.Keys.ShouldNotContain("TE");
        sent.Headers.Keys.ShouldContain("X-Kept");
        sent.Header("X-Forwarded-For").ShouldBe("127.0.0.1");
        answer.ShouldNotContain("X-Secret-Back: ");
        answer.ShouldContain("X-Kept-Back: 1\r\n");
        answer.ShouldContain("Via: 1.1 tutti\r\n");
    }

    [Fact]
    public async Task Threat_68_What_a_client_says_of_its_way_is_not_believed()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, backend.Url);

        await RawClient.ExchangeAsync(
            world.Gateway,
            $"GET /{service} HTTP/1.1\r\nHost: shop.example:81\r\nConnection: close\r\nX-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil\r\nX-Forwarded-Prefix: /evil\r\nForwarded: for=6.6.6.6\r\nX-Original-Host: evil\r\nX-Real-IP: 6.6.6.6\r\nVia: 1.0 first\r\n\r\n");

        var sent = backend.Request;
        sent.Header("X-Forwarded-For").ShouldBe("127.0.0.1");
        sent.Header("X-Forwarded-Proto").ShouldBe("http");
        sent.Header("X-Forwarded-Host").ShouldBe("shop.example:81");
        sent.Header("Forwarded").ShouldBe("for=127.0.0.1;host=\"shop.example:81\";proto=http");
        sent.Header("Via").ShouldBe("1.0 first, 1.1 tutti");
        sent.Headers.Keys.ShouldNotContain("X-Forwarded-Prefix");
        sent.Headers.Keys.ShouldNotContain("X-Original-Host");
        sent.Headers.Keys.ShouldNotContain("X-Real-IP");
        sent.Header("Host").ShouldBe(new Uri(backend.Url).Authority);
    }

    [Fact]
    public async Task Threat_68_A_trusted_proxy_is_gone_on_with()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = await ServiceWorld.StartAsync("Traffic:TrustedProxies:0=127.0.0.1");
        var service = await world.ServiceAsync(""","backend":{"keepHost":true}""");
        await world.InstanceAsync(service, backend.Url);

        await RawClient.ExchangeAsync(
            world.Gateway,
            $"GET /{service} HTTP/1.1\r\nHost: inner\r\nConnection: close\r\nX-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: shop.example\r\nForwarded: for=203.0.113.9\r\n\r\n");

        var sent = backend.Request;
        sent.Header("X-Forwarded-For").ShouldBe("203.0.113.9, 127.0.0.1");
        sent.Header("X-Forwarded-Proto").ShouldBe("https");
        sent.Header("X-Forwarded-Host").ShouldBe("shop.example");
        sent.Header("Forwarded").ShouldBe("for=203.0.113.9, for=127.0.0.1;host=\"shop.example\";proto=https");
        sent.Header("Host").ShouldBe("inner");
        sent.Headers.Keys.ShouldNotContain("X-Original-For");
    }

    [Fact]
    public async Task The_trace_goes_on()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, backend.Url);
        const string parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/{service}");
        request.Headers.TryAddWithoutValidation("traceparent", parent);
        request.Headers.TryAddWithoutValidation("tracestate", "a=1");
        await world.Client.SendAsync(request, TestContext.Current.CancellationToken);
        await world.Client.GetAsync($"/{service}", TestContext.Current.CancellationToken);

        backend.Requests[0].Header("traceparent")!.ShouldStartWith("00-4bf92f3577b34da6a3ce929d0e0e4736-");
        backend.Requests[0].Header("tracestate")!.ShouldBe("a=1");
        backend.Requests[1].Header("traceparent")!.Length.ShouldBe(parent.Length);
    }

    [Theory]
    [InlineData("/../admin")]
    [InlineData("/%2e%2e/admin")]
    [InlineData("/a/%2E./b")]
    [InlineData("/./a")]
    public async Task Nobody_climbs(string path)
    {
        await using var backend = await Backend.StartAsync();
        await using var world = await ServiceWorld.StartAsync();
        var service = await world.ServiceAsync();
        var root = await world.ServiceAsync(""","route":{"off":true},"rules":[{"pathBeg":"/admin"},{"pathBeg":"/b"}]""");
        await world.InstanceAsync(service, backend.Url);
        await world.InstanceAsync(root, backend.Url);

        var answer = await RawClient.ExchangeAsync(world.Gateway, $"GET /{service}{path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        answer.ShouldStartWith("HTTP/1.1 400 ");
        backend.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_path_without_a_route_is_404_and_a_door_stays_a_door()
    {
        await using var world = ServiceWorld.In(shared);

        (await world.Client.GetAsync("/nobody-has-this", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await world.Client.GetAsync("/octoparts/2", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await world.Gateway.Management.GetAsync("/nobody-has-this", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_service_is_not_reached_by_the_management_port()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, backend.Url);

        (await world.Gateway.Management.GetAsync($"/{service}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_client_that_follows_the_locator_reaches_the_service_with_path_query_and_body()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, backend.Url);

        using var content = new StringContent("the body", new MediaTypeHeaderValue("text/plain"));
        using var answer = await world.Gateway.Traffic.PostAsync($"/services/{service}/a%2Fb?c=d%20e", content, TestContext.Current.CancellationToken);

        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("hello");
        backend.Request.Target.ShouldBe($"/{service}/a%2Fb?c=d%20e");
        backend.Request.Body.ShouldBe("the body");
    }

    [Fact]
    public async Task A_gateway_that_is_its_own_instance_notices_it()
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, world.Traffic);

        using var answer = await world.Client.GetAsync($"/{service}", TestContext.Current.CancellationToken);

        ((int)answer.StatusCode).ShouldBe(508);
    }
}
