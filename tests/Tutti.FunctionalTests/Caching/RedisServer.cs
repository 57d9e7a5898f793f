using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Caching;

/// <summary>A Redis of one's own for a test: a process on a free port, with a directory that it is started in again.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    readonly string _directory = Directory.CreateTempSubdirectory("tutti-redis-").FullName;
    Process? _process;

    RedisServer()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Port = ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public int Port { get; }

    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>A server that runs.</summary>
    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        var server = Prepare();
        await server.RunAsync(settings);
        return server;
    }

    /// <summary>A server that does not run yet.</summary>
    public static RedisServer Prepare() => new();

    /// <summary>Starts the process; what was saved is there again.</summary>
    public async Task RunAsync(params string[] settings)
    {
        string[] line =
        [
            "--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _directory, "--save", "", "--appendonly", "no", "--loglevel", "warning",
            "--logfile", "log", "--enable-debug-command", "yes", "--daemonize", "no", .. settings,
        ];
        try
        {
            _process = Process.Start(new ProcessStartInfo("redis-server", line))!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException("These tests need Redis: install the package 'redis-server'.");
        }

        await Eventually.TrueAsync(AcceptsAsync);
    }

    /// <summary>Ends as a crash would.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.CrashAsync();
        }
    }

    /// <summary>Ends in good order; nothing is saved.</summary>
    public async Task StopAsync()
    {
        await _process!.SignalAsync("TERM");
        await _process!.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Keeps the data as it is now for the next start.</summary>
    public Task<string> SaveAsync() => SendAsync("SAVE");

    /// <summary>Hangs: connections stay open, nothing is answered.</summary>
    public Task PauseAsync() => _process!.SignalAsync("STOP");

    public Task ResumeAsync() => _process!.SignalAsync("CONT");

    /// <summary>Refuses whatever takes memory.</summary>
    public async Task FillAsync()
    {
        await SendAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
        await SendAsync("CONFIG", "SET", "maxmemory", "1");
    }

    public Task EmptyAsync() => SendAsync("CONFIG", "SET", "maxmemory", "0");

    /// <summary>Refuses all writes: the replica of a server that is not there.</summary>
    public Task MakeReadOnlyAsync() => SendAsync("REPLICAOF", "127.0.0.1", "1");

    public Task MakeWritableAsync() => SendAsync("REPLICAOF", "NO", "ONE");

    /// <summary>Sends one command over a connection of its own; the first line of the answer, or of the text in it.</summary>
    public async Task<string> SendAsync(params string[] words)
    {
        using var client = new TcpClient();
        using var guard = new CancellationTokenSource(Support.Eventually.HangGuard);
        await client.ConnectAsync(IPAddress.Loopback, Port, guard.Token);
        var line = new StringBuilder($"*{words.Length}\r\n");
        foreach (var word in words)
        {
            line.Append($"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        }

        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(line.ToString()), guard.Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadLineAsync(guard.Token) ?? throw new IOException("Redis closed the connection.");
        return answer[0] == '$' && answer != "$-1" ? await reader.ReadLineAsync(guard.Token) ?? "" : answer;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_directory, recursive: true);
    }

    async Task<bool> AcceptsAsync()
    {
        try
        {
            // Whatever it answers, a missing password included, it is there; while it loads it is not.
            return !(await SendAsync("PING")).StartsWith("-LOADING", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return _process!.HasExited ? throw new InvalidOperationException($"Redis ended with {_process.ExitCode}.") : false;
        }
    }
}
