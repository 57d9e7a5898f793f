using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Threats;

/// <summary>Requests that are too large, in each of their pieces.</summary>
public sealed class SizeThreatTests(SharedGateway shared)
{
    const string Head = "POST /octoparts/2 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

    readonly TestGateway _gateway = shared.Gateway;

    [Fact]
    public async Task Threat_12_a_body_that_says_it_is_too_large_is_413_before_it_is_sent()
    {
        using var client = await RawClient.ConnectAsync(_gateway);

        await client.SendAsync($"{Head}Content-Length: 10000000\r\n\r\n");

        (await client.ReadStatusAsync()).ShouldStartWith("HTTP/1.1 413");
    }

    [Fact]
    public async Task Threat_12_a_body_beyond_all_limits_is_413_and_its_connection_is_closed()
    {
        using var client = await RawClient.ConnectAsync(_gateway);

        await client.SendAsync($"{Head}Content-Length: 9000000000\r\n\r\n");

        (await client.ReadStatusAsync()).ShouldStartWith("HTTP/1.1 413");
        await client.ReadToEndAsync();
    }

    [Fact]
    public async Task Threat_12_chunks_without_end_are_cut_off_with_413()
    {
        using var client = await RawClient.ConnectAsync(_gateway);
        await client.SendAsync($"{Head}Transfer-Encoding: chunked\r\n\r\n");

        var taken = await client.FloodAsync($"4000\r\n{new string(' ', 0x4000)}\r\n", most: 512L * 1024 * 1024);

        taken.ShouldBeLessThan(64L * 1024 * 1024);
        (await client.ReadStatusAsync()).ShouldStartWith("HTTP/1.1 413");
    }

    [Fact]
    public async Task Threat_12_a_body_of_just_the_limit_is_read_and_of_one_byte_more_is_413()
    {
        const int limit = 1024 * 1024;
        const string json = """{"requestMeta":{"id":"a"},"requests":[]}""";

        ((int)(await _gateway.PostAsync(json.PadRight(limit))).StatusCode).ShouldBe(200);
        ((int)(await _gateway.PostAsync(json.PadRight(limit + 1))).StatusCode).ShouldBe(413);
    }

    [Theory]
    [InlineData("large header", 431)]
    [InlineData("many headers", 431)]
    [InlineData("long URL", 414)]
    public async Task Threat_13_a_head_that_is_too_large_is_refused(string what, int status)
    {
        var (target, headers) = what switch
        {
            "large header" => ("/octoparts/2", $"X-Large: {new string('x', 40_000)}\r\n"),
            "many headers" => ("/octoparts/2", string.Concat(Enumerable.Range(0, 1_000).Select(i => $"X-{i}: 1\r\n"))),
            _ => ($"/octoparts/2?{new string('x', 10_000)}", ""),
        };
        using var client = await RawClient.ConnectAsync(_gateway);

        await client.SendAsync($"POST {target} HTTP/1.1\r\nHost: x\r\n{headers}\r\n");

        (await client.ReadStatusAsync()).ShouldStartWith($"HTTP/1.1 {status}");
    }

    [Theory]
    [InlineData("/octoparts/2", "zz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("/octoparts/2/list", "zz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("/parts/{part}", "zz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("/octoparts/2", "2\r\n{}bad0\r\n\r\n")]
    public async Task Threat_19_a_body_in_bad_chunks_is_400_and_nothing_is_called(string target, string chunks)
    {
        await using var backend = await Backend.StartAsync();
        var part = await _gateway.RegisterOneAsync(Some.Part(backend.Url, Some.Param(ParamKind.Body, "b")) with { Method = "post" });
        using var client = await RawClient.ConnectAsync(_gateway);

        await client.SendAsync(
            $"POST {target.Replace("{part}", part, StringComparison.Ordinal)} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");

        (await client.ReadStatusAsync()).ShouldStartWith("HTTP/1.1 400");
        backend.Requests.ShouldBeEmpty();
    }
}
