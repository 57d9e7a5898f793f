using System.Net;
using System.Net.Sockets;
using Tutti.Bench.Load.Processes;

namespace Tutti.Bench.Load.Sides;

/// <summary>A Redis that keeps nothing on disk, for the sides that share their cache.</summary>
sealed class Redis(ChildProcess process, int port) : IDisposable
{
    static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(20);

    /// <summary>Where it is, as the gateway's configuration says it.</summary>
    public string Address => $"127.0.0.1:{port}";

    public static async Task<Redis> StartAsync(CancellationToken ct)
    {
        var port = FreePort.Take();
        string[] args = ["--bind", "127.0.0.1", "--port", $"{port}", "--save", "", "--appendonly", "no"];
        var redis = new Redis(ChildProcess.Start("Redis", DebianTool.Find("redis-server"), args), port);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limited.CancelAfter(ReadyWithin);
        while (!await redis.ListensAsync(limited.Token))
        {
            await Task.Delay(50, limited.Token);
        }

        return redis;
    }

    public void Dispose() => process.Dispose();

    async Task<bool> ListensAsync(CancellationToken ct)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
