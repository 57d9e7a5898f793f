using Tutti.FunctionalTests.Services;
using Tutti.FunctionalTests.Support;
using Tutti.FunctionalTests.Threats;

namespace Tutti.FunctionalTests.Edge;

/// <summary>Requests whose end or fields two readers could see in two places are refused, and reach nobody.</summary>
public sealed class Threat_19_SmugglingTests(SharedGateway shared)
{
    [Theory]
    // Two framings, or one that is not plain.
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n")]
    [InlineData("Content-Length: 2\r\nContent-Length: 2\r\n\r\nab")]
    [InlineData("Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc")]
    [InlineData("Content-Length: 2, 2\r\n\r\nab")]
    [InlineData("Content-Length: +2\r\n\r\nab")]
    [InlineData("Content-Length: -2\r\n\r\nab")]
    [InlineData("Content-Length: 0x2\r\n\r\nab")]
    [InlineData("Content-Length: 2 2\r\n\r\nab")]
    [InlineData("Content-Length: 2.0\r\n\r\nab")]
    [InlineData("Content-Length: \r\n\r\n")]
    [InlineData("Content-Length: 99999999999999999999\r\n\r\n")]
    [InlineData("Content-Length : 2\r\n\r\nab")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: identity\r\n\r\n")]
    [InlineData("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked;a=b\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding:\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n")]
    // Lines that are none.
    [InlineData("X-A: a\r\n b\r\n\r\n")]
    [InlineData("X-A: a\r\n\tb\r\n\r\n")]
    [InlineData(" X-A: a\r\n\r\n")]
    [InlineData("X-A: a\rb\r\n\r\n")]
    [InlineData("X-A: a\rX-B: b\r\n\r\n")]
    [InlineData("X-A: a\nX-B: b\r\n\r\n")]
    [InlineData("X-A: a\n\n")]
    [InlineData("X-A: a\r\n\n")]
    [InlineData("X-A\r\n\r\n")]
    [InlineData(": a\r\n\r\n")]
    [InlineData("X A: a\r\n\r\n")]
    [InlineData("X-\u00c3: a\r\n\r\n")]
    // Characters that no field has.
    [InlineData("X-A: a\0b\r\n\r\n")]
    [InlineData("X-A: a\u0001b\r\n\r\n")]
    [InlineData("X-A: a\u0008b\r\n\r\n")]
    [InlineData("X-A: a\u000bb\r\n\r\n")]
    [InlineData("X-A: a\u000cb\r\n\r\n")]
    [InlineData("X-A: a\u001bb\r\n\r\n")]
    [InlineData("X-A: a\u007fb\r\n\r\n")]
    // Names that stand for others behind some gateways.
    [InlineData("Content_Length: 5\r\n\r\n")]
    [InlineData("Transfer_Encoding: chunked\r\n\r\n")]
    [InlineData("X_Forwarded_For: 6.6.6.6\r\n\r\n")]
    [InlineData("X-Forwarded_Host: evil\r\n\r\n")]
    [InlineData("X_API_Token: stolen\r\n\r\n")]
    // Chunks.
    [InlineData("Transfer-Encoding: chunked\r\n\r\n0x2\r\nab\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n+2\r\nab\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n-2\r\nab\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n 2\r\nab\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2 \r\nab\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF2\r\nab\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1_0\r\nab\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n\r\nab\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\nab\n0\n\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2;a\nb\r\nab\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2;a\rb\r\nab\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nX T: 1\r\n\r\n")]
    public async Task Threat_19_what_could_be_read_in_two_ways_is_400_and_its_connection_ends(string rest)
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await ServeAsync(world, backend);

        // What would be a second request to whoever ended the first one earlier.
        var answer = await RawClient.ExchangeAsync(
            world.Gateway, $"POST /{service}/first HTTP/1.1\r\nHost: h\r\n{rest}GET /{service}/second HTTP/1.1\r\nHost: h\r\n\r\n");

        answer.ShouldStartWith("HTTP/1.1 400 ");
        answer.Split("HTTP/1.1 ").Length.ShouldBe(2, answer);
        backend.Requests.ShouldNotContain(request => request.Target.EndsWith("/second", StringComparison.Ordinal));
        backend.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("GET /{0} HTTP/1.1\nHost: h\n\n")]
    [InlineData("GET /{0}\r\n\r\n")]
    [InlineData("GET /{0} HTTP/1.1\r\nHost: h\r\nHost: g\r\n\r\n")]
    [InlineData("GET /{0} HTTP/1.1\r\n\r\n")]
    [InlineData("GET /{0} HTTP/1.1\r\nHost: a/b\r\n\r\n")]
    [InlineData("GET http://other/{0} HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("GET /{0} x HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("GET\t/{0} HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("GET /{0}/\u0001 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /{0}/\u007f HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /{0}/x#f HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")]
    [InlineData("POST /{0} HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    public async Task Threat_19_a_head_that_is_none_is_400(string request)
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await ServeAsync(world, backend);

        (await RawClient.ExchangeAsync(world.Gateway, request.Replace("{0}", service, StringComparison.Ordinal))).ShouldStartWith("HTTP/1.1 400 ");

        backend.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/octoparts/2")]
    [InlineData("/batch")]
    [InlineData("/services/x")]
    [InlineData("/livez")]
    public async Task Threat_19_two_framings_are_refused_at_every_door(string door)
    {
        var answer = await RawClient.ExchangeAsync(shared.Gateway, $"POST {door} HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");

        answer.ShouldStartWith("HTTP/1.1 400 ");
        answer.ShouldContain("{\"_api_error\":[\"Content-Length and Transfer-Encoding exclude each other\"]}");
    }

    [Fact]
    public async Task Threat_19_what_is_odd_and_allowed_is_passed_on_clean()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await ServeAsync(world, backend);

        var answer = await RawClient.ExchangeAsync(
            world.Gateway,
            $"POST /{service} HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: Chunked\r\nX-Text: \u00c3\u00a9\r\nX_Custom: 1\r\n\r\n2;ext=\"a\"\r\nab\r\n0\r\nX-Trailer: 1\r\n\r\n");

        answer.ShouldStartWith("HTTP/1.1 200 ");
        backend.Request.Body.ShouldBe("ab");
        backend.Request.Header("X-Text").ShouldBe("é");
        backend.Request.Header("X_Custom").ShouldBe("1");
        backend.Request.Headers.Keys.ShouldNotContain("X-Trailer");
    }

    static async Task<string> ServeAsync(ServiceWorld world, Backend backend)
    {
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, backend.Url);
        return service;
    }
}
