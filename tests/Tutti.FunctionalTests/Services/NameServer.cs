using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Services;

/// <summary>A name server of one's own: dnsmasq on a free port of the loopback interface.</summary>
internal sealed class NameServer : IAsyncDisposable
{
    readonly int _port;
    Process? _process;

    NameServer() => _port = FreePort();

    public string Address => $"127.0.0.1:{_port}";

    /// <param name="records">As dnsmasq takes them: <c>srv-host=_http._tcp.a.test,b.test,80,0,5</c>, <c>host-record=b.test,127.0.0.1</c>.</param>
    public static async Task<NameServer> StartAsync(params string[] records)
    {
        var server = new NameServer();
        await server.RunAsync(records);
        return server;
    }

    /// <summary>Goes on with other records.</summary>
    public async Task ChangeAsync(params string[] records)
    {
        await StopAsync();
        await RunAsync(records);
    }

    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.CrashAsync();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    async Task RunAsync(string[] records)
    {
        string[] line =
        [
            "--keep-in-foreground", "--conf-file=/dev/null", $"--port={_port}", "--listen-address=127.0.0.1", "--bind-interfaces", "--no-resolv", "--no-hosts",
            "--local=/test/", "--log-facility=/dev/null", "--pid-file=", .. records.Select(record => $"--{record}"),
        ];
        try
        {
            _process = Process.Start(new ProcessStartInfo(Program(), line))!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException("These tests need a name server: install the package 'dnsmasq-base'.");
        }

        await Eventually.TrueAsync(AcceptsAsync);
    }

    /// <summary>A port that is free for both protocols that names are asked by.</summary>
    static int FreePort()
    {
        while (true)
        {
            using var stream = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            using var datagrams = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            stream.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            try
            {
                datagrams.Bind(stream.LocalEndPoint!);
                return ((IPEndPoint)stream.LocalEndPoint!).Port;
            }
            catch (SocketException)
            {
                // Somebody has it for datagrams: another one, then.
            }
        }
    }

    static string Program() => File.Exists("/usr/sbin/dnsmasq") ? "/usr/sbin/dnsmasq" : "dnsmasq";

    async Task<bool> AcceptsAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, _port);
            return true;
        }
        catch (SocketException)
        {
            return _process!.HasExited ? throw new InvalidOperationException($"dnsmasq ended with {_process.ExitCode}.") : false;
        }
    }
}
