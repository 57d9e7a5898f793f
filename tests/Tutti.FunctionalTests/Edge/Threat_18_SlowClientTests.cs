using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Services;
using Tutti.FunctionalTests.Support;
using Tutti.FunctionalTests.Threats;

namespace Tutti.FunctionalTests.Edge;

/// <summary>Clients that take their time are dropped, and hold up nobody meanwhile.</summary>
[Collection(nameof(LoadThreatTests))]
public sealed class Threat_18_SlowClientTests
{
    static readonly string[] Strict =
        ["Limits:HeaderTimeoutSeconds=1", "Limits:IdleSeconds=1", "Limits:MinRequestBytesPerSecond=1000", "Limits:GraceSeconds=2"];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Threat_18_a_head_that_never_ends_is_408()
    {
        await using var gateway = await TestGateway.StartAsync(Strict);
        using var client = await RawClient.ConnectAsync(gateway);
        var dripping = DripAsync(client, "GET / HTTP/1.1\r\n", "X-A: b\r\n");

        (await client.ReadStatusAsync()).ShouldStartWith("HTTP/1.1 408");
        await client.ReadToEndAsync();
        await dripping;
    }

    [Fact]
    public async Task Threat_18_a_connection_without_a_request_is_closed()
    {
        await using var gateway = await TestGateway.StartAsync(Strict);
        using var unused = await RawClient.ConnectAsync(gateway);
        using var used = await RawClient.ConnectAsync(gateway);
        await used.SendAsync("GET /livez HTTP/1.1\r\nHost: h\r\n\r\n");

        await unused.ReadToEndAsync();
        await used.ReadToEndAsync();
    }

    [Theory]
    [InlineData("required")]
    [InlineData("off")]
    public async Task Threat_18_a_body_that_drips_is_408_and_no_whole_request_reaches_the_service(string json)
    {
        await using var backend = await Backend.StartAsync();
        await using var world = await ServiceWorld.StartAsync(Strict);
        var service = await world.ServiceAsync($$""","json":"{{json}}" """);
        await world.InstanceAsync(service, backend.Url);
        using var client = await RawClient.ConnectAsync(world.Gateway);
        var dripping = DripAsync(client, $"POST /{service} HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n", " ");

        (await client.ReadStatusAsync()).ShouldStartWith("HTTP/1.1 408");
        await client.ReadToEndAsync();

        await dripping;
        backend.Requests.ShouldBeEmpty();
        (await world.Client.GetAsync($"/{service}", Ct)).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Threat_18_an_answer_that_nobody_reads_is_cut_off()
    {
        const int size = 64 * 1024 * 1024;
        var wasCut = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(async context =>
        {
            try
            {
                for (var sent = 0; sent < size; sent += 64 * 1024)
                {
                    await context.Response.Body.WriteAsync(new byte[64 * 1024], context.RequestAborted);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                wasCut.TrySetResult();
            }
        });
        // What the operating system takes at once counts as read: megabytes, at a pace that allows them little time.
        await using var world = await ServiceWorld.StartAsync("Limits:MinAnswerBytesPerSecond=100000000", "Limits:GraceSeconds=2");
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, backend.Url);
        using var first = await RawClient.ConnectAsync(world.Gateway);
        using var second = await RawClient.ConnectAsync(world.Gateway);

        await first.SendAsync($"GET /{service}/1 HTTP/1.1\r\nHost: h\r\n\r\n");
        await second.SendAsync($"GET /{service}/2 HTTP/1.1\r\nHost: h\r\n\r\n");

        await wasCut.Task.WaitAsync(Eventually.HangGuard, Ct);
    }

    [Fact]
    public async Task Threat_18_many_slow_clients_hold_up_nobody()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = await ServiceWorld.StartAsync(["Limits:HeaderTimeoutSeconds=5"]);
        var service = await world.ServiceAsync(""","json":"required" """);
        await world.InstanceAsync(service, backend.Url);
        var slow = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            var client = await RawClient.ConnectAsync(world.Gateway);
            await client.SendAsync(i % 2 == 0 ? "GET / HTTP/1.1\r\nX-A: " : $"POST /{service} HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n[");
            return client;
        }));

        for (var i = 0; i < 50; i++)
        {
            using var soon = new CancellationTokenSource(Eventually.HangGuard);
            (await world.Client.GetAsync($"/{service}", soon.Token)).EnsureSuccessStatusCode();
        }

        await Task.WhenAll(slow.Where((_, i) => i % 2 == 0).Select(client => client.ReadToEndAsync()));
        Array.ForEach(slow, client => client.Dispose());
    }

    [Fact]
    public async Task Threat_18_one_address_has_so_many_connections_and_no_more()
    {
        await using var gateway = await TestGateway.StartAsync("Limits:MaxConnectionsPerAddress=20");
        var held = new List<RawClient>();
        for (var i = 0; i < 20; i++)
        {
            try
            {
                held.Add(await RawClient.ConnectAsync(gateway));
            }
            catch (SocketException)
            {
                // The gateway's own clients in this test have some of them.
            }
        }

        (await IsServedAsync(gateway)).ShouldBeFalse();

        held.ForEach(client => client.Dispose());
        await Eventually.TrueAsync(() => IsServedAsync(gateway));
    }

    [Theory]
    [InlineData("rapid reset")]
    [InlineData("endless header")]
    public async Task Threat_18_a_flood_of_HTTP_2_frames_ends_its_connection_and_nothing_else(string flood)
    {
        await using var gateway = await TestGateway.StartAsync("Traffic:Http2Url=http://127.0.0.1:0");
        var port = new Uri(gateway.Addresses[2]).Port;
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", port, Ct);
        var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), Ct);
        await stream.WriteAsync(Frame(4, 0, 0, []), Ct);

        var ended = EndAsync(stream);
        try
        {
            for (var i = 0; i < 100_000 && !ended.IsCompleted; i++)
            {
                await stream.WriteAsync(flood == "rapid reset" ? Reset(i) : Header(i), Ct);
            }
        }
        catch (IOException)
        {
            // It had enough.
        }

        await ended.WaitAsync(Eventually.HangGuard, Ct);
        (await gateway.Traffic.GetStringAsync("/livez", Ct)).ShouldBe("ok");

        // The server tells of such a connection as of an error, some time after its end.
        await gateway.StopAsync();
        gateway.ForgetErrors();
    }

    static async Task<bool> IsServedAsync(TestGateway gateway)
    {
        try
        {
            return (await RawClient.ExchangeAsync(gateway, "GET /livez HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")).StartsWith("HTTP/1.1 200", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return false;
        }
    }

    /// <summary>A request that is taken back at once: GET / as HPACK's static table writes it, then RST_STREAM.</summary>
    static byte[] Reset(int i) => [.. Frame(1, 5, (2 * i) + 1, [0x82, 0x84, 0x86, 0x41, 0x01, (byte)'h']), .. Frame(3, 0, (2 * i) + 1, [0, 0, 0, 8])];

    /// <summary>A header section that goes on and on.</summary>
    static byte[] Header(int i) => i == 0 ? Frame(1, 1, 1, [0x82, 0x84, 0x86]) : Frame(9, 0, 1, [0x00, 0x01, (byte)'a', 0x04, (byte)'a', (byte)'a', (byte)'a', (byte)'a']);

    static byte[] Frame(byte type, byte flags, int stream, byte[] payload) =>
        [0, (byte)(payload.Length >> 8), (byte)payload.Length, type, flags, (byte)(stream >> 24), (byte)(stream >> 16), (byte)(stream >> 8), (byte)stream, .. payload];

    static async Task EndAsync(NetworkStream stream)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await stream.ReadAsync(buffer) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset is an end too.
        }
    }

    static async Task DripAsync(RawClient client, string head, string drop)
    {
        try
        {
            await client.SendAsync(head);
            for (var i = 0; i < 100; i++)
            {
                await client.SendAsync(drop);
                await Task.Delay(100);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The other side had enough.
        }
    }
}
