using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Tutti.FunctionalTests.Support;

/// <summary>A gateway as a process of its own, which can be killed.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    readonly string[] _line;
    Process _process;

    GatewayProcess(string[] line, int traffic, int management)
    {
        _line = line;
        _process = Start(line);
        Traffic = Client(traffic);
        Management = Client(management);
    }

    public HttpClient Traffic { get; }

    public HttpClient Management { get; }

    /// <summary>Starts one and waits until it is ready.</summary>
    /// <param name="settings">As <c>Section:Key=value</c>, below <c>Tutti</c>.</param>
    public static async Task<GatewayProcess> StartAsync(params string[] settings)
    {
        var (traffic, management) = (FreePort(), FreePort());
        string[] own = [$"Traffic:Url=http://127.0.0.1:{traffic}", $"Management:Url=http://127.0.0.1:{management}"];
        string[] line = [Path.Combine(AppContext.BaseDirectory, "tutti.dll"), "serve", .. own.Concat(settings).Select(setting => $"--Tutti:{setting}"), "--Logging:Console:LogLevel:Default=None"];
        var gateway = new GatewayProcess(line, traffic, management);
        await Eventually.TrueAsync(gateway.IsReadyAsync);
        return gateway;
    }

    /// <summary>Starts again, with the same settings and addresses, after it was killed.</summary>
    public async Task RestartAsync()
    {
        _process.Dispose();
        _process = Start(_line);
        await Eventually.TrueAsync(IsReadyAsync);
    }

    /// <summary>Ends as a crash would.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        Traffic.Dispose();
        Management.Dispose();
        _process.Dispose();
    }

    async Task<bool> IsReadyAsync()
    {
        try
        {
            using var ready = await Traffic.GetAsync("/readyz");
            return ready.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return _process.HasExited ? throw new InvalidOperationException($"The gateway ended with {_process.ExitCode}.") : false;
        }
    }

    static Process Start(string[] line) => Process.Start(new ProcessStartInfo("dotnet", line))!;

    /// <summary>Follows no redirect: a look-up's answer is to be seen.</summary>
    static HttpClient Client(int port) => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Eventually.HangGuard };

    static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
