using Tutti.FunctionalTests.Support;
using Tutti.FunctionalTests.Threats;

namespace Tutti.FunctionalTests.Services;

/// <summary>A look-up leads to nowhere but what is registered.</summary>
public sealed class Threat_55_OpenRedirectTests(SharedGateway shared)
{
    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-Original-Host", "evil.example")]
    [InlineData("Forwarded", "host=evil.example;proto=https")]
    public async Task Threat_55_No_header_of_a_client_chooses_the_host(string name, string value)
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, "http://127.0.0.1:1");

        (await world.LookUpAsync($"/{service}/1", "GET", (name, value))).Location.ShouldBe($"{world.Traffic}/{service}/1");
    }

    [Theory]
    [InlineData("X-Forwarded-Host", "api.example.com", "http://api.example.com")]
    [InlineData("X-Forwarded-Host", "evil.example, api.example.com:8443", "http://api.example.com:8443")]
    [InlineData("Forwarded", "for=1.2.3.4;host=api.example.com;proto=https", "https://api.example.com")]
    public async Task Threat_55_A_trusted_proxy_tells_the_public_address(string name, string value, string origin)
    {
        await using var world = await ServiceWorld.StartAsync("Traffic:TrustedProxies:0=127.0.0.0/8");
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, "http://127.0.0.1:1");

        (await world.LookUpAsync($"/{service}/1", "GET", (name, value))).Location.ShouldBe($"{origin}/{service}/1");
        (await world.LookUpAsync($"/{service}/1", "GET", ("X-Forwarded-Host", "a b/@evil"))).Location.ShouldBe($"{world.Traffic}/{service}/1");
    }

    [Theory]
    [InlineData("//evil.example/%2e%2e")]
    [InlineData("/%0d%0aX-Evil:%201")]
    [InlineData("/@evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task Threat_55_No_path_leaves_the_gateway(string rest)
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, "http://127.0.0.1:1");

        var answer = await RawClient.ExchangeAsync(world.Gateway, $"GET /services/{service}{rest} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        answer.ShouldStartWith("HTTP/1.1 307 ");
        answer.ShouldContain($"\r\nLocation: {world.Traffic}/{service}/");
        answer.ShouldNotContain("\nX-Evil");
    }

    [Theory]
    [InlineData("http://169.254.169.254:80")]
    [InlineData("http://0.0.0.0:80")]
    [InlineData("http://[fe80::1]:80")]
    [InlineData("http://user@10.0.0.1:80")]
    [InlineData("http://10.0.0.1:80/path")]
    [InlineData("file://10.0.0.1:80")]
    [InlineData("http://10.0.0.1")]
    [InlineData("javascript:alert(1)")]
    public async Task Threat_55_Only_a_place_that_can_be_reached_is_registered(string address)
    {
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        var id = Some.Name("instance");

        var (status, body, _) = await world.SendAsync(
            HttpMethod.Post, "instances", $$"""{"instanceId":"{{id}}","addresses":[{"service":"{{service}}","address":"{{address}}"}]}""");

        status.ShouldBe(400);
        body!["errors"]!.AsObject().Single().Key.ShouldBe("addresses[0].address");
    }
}
