using System.Net.Sockets;
using System.Text;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Threats;

/// <summary>A client below HTTP: sends any bytes and reads what comes back.</summary>
internal sealed class RawClient : IDisposable
{
    readonly TcpClient _tcp = new();

    public static async Task<RawClient> ConnectAsync(TestGateway gateway)
    {
        var client = new RawClient();
        await client._tcp.ConnectAsync("127.0.0.1", gateway.Traffic.BaseAddress!.Port);
        return client;
    }

    public async Task SendAsync(string text) => await _tcp.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends the same again and again until the other side has enough of it.</summary>
    /// <returns>How many bytes were taken.</returns>
    public async Task<long> FloodAsync(string text, long most)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        var sent = 0L;
        using var guard = new CancellationTokenSource(Eventually.HangGuard);
        try
        {
            for (; sent < most && _tcp.Available == 0; sent += bytes.Length)
            {
                await _tcp.GetStream().WriteAsync(bytes, guard.Token);
            }
        }
        catch (IOException)
        {
        }

        return sent;
    }

    /// <summary>Reads the first line of the answer.</summary>
    public async Task<string> ReadStatusAsync()
    {
        using var guard = new CancellationTokenSource(Eventually.HangGuard);
        using var reader = new StreamReader(_tcp.GetStream(), Encoding.Latin1, leaveOpen: true);
        return await reader.ReadLineAsync(guard.Token) ?? "";
    }

    /// <summary>Sends one request that asks for the connection's end, and reads everything that comes back.</summary>
    public static async Task<string> ExchangeAsync(TestGateway gateway, string request)
    {
        using var client = await ConnectAsync(gateway);
        await client.SendAsync(request);
        using var guard = new CancellationTokenSource(Eventually.HangGuard);
        using var reader = new StreamReader(client._tcp.GetStream(), Encoding.Latin1, leaveOpen: true);
        return await reader.ReadToEndAsync(guard.Token);
    }

    /// <summary>Waits until the other side has closed.</summary>
    public async Task ReadToEndAsync()
    {
        using var guard = new CancellationTokenSource(Eventually.HangGuard);
        var buffer = new byte[16 * 1024];
        try
        {
            while (await _tcp.GetStream().ReadAsync(buffer, guard.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset is an end too.
        }
    }

    public void Dispose() => _tcp.Dispose();
}
