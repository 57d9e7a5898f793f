using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Services;

/// <summary>The sample service as a process of its own, an instance of bundle <c>crm</c>: it signals its start itself, and again and again.</summary>
internal sealed class CustomersProcess : IAsyncDisposable
{
    const int SignalEveryMs = 300;

    readonly string _instance;
    readonly int _lease;
    Process? _process;

    CustomersProcess(string instance, int lease)
    {
        _instance = instance;
        _lease = lease;
    }

    public string Address { get; private set; } = "";

    /// <summary>Registers the service <c>customers</c> and the bundle that offers it.</summary>
    public static async Task RegisterAsync(GatewayProcess gateway, string more = "")
    {
        await PutAsync(gateway, "services/customers", $$"""{"name":"customers"{{more}}}""");
        await PutAsync(gateway, "bundles/crm", """{"bundleId":"crm","name":"crm","endpoints":[{"name":"web","service":"customers"}]}""");
    }

    /// <summary>Registers an instance, starts it, and waits until it is in.</summary>
    public static async Task<CustomersProcess> StartAsync(GatewayProcess gateway, string instance, int lease = 2_000)
    {
        var process = new CustomersProcess(instance, lease);
        await process.RunAsync(gateway);
        return process;
    }

    /// <summary>Starts on another port, after the old process went; registered anew as a deployment does it.</summary>
    public async Task RunAsync(GatewayProcess gateway)
    {
        Address = $"http://127.0.0.1:{FreePort()}";
        await PutAsync(
            gateway,
            $"instances/{_instance}",
            $$"""{"instanceId":"{{_instance}}","bundle":"crm","lease":{{_lease}},"addresses":[{"service":"customers","address":"{{Address}}"}]}""");
        var variables = await gateway.Management.GetFromJsonAsync<Dictionary<string, string>>($"/admin/api/bundles/crm/environment?instance={_instance}");
        string[] line = [Path.Combine(AppContext.BaseDirectory, "Customers.dll"), $"--SignalEveryMs={SignalEveryMs}", "--Logging:LogLevel:Default=None"];
        var start = new ProcessStartInfo("dotnet", line);
        foreach (var (name, value) in variables!)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        await IsAsync(gateway, "in");
    }

    /// <summary>Waits until a gateway sees this instance so.</summary>
    public Task IsAsync(GatewayProcess gateway, string state) => Eventually.TrueAsync(async () => await StateAsync(gateway) == state);

    public async Task<string?> StateAsync(GatewayProcess gateway)
    {
        var list = await gateway.Management.GetFromJsonAsync<JsonObject>("/admin/api/instance-states");
        return (string?)list!["items"]!.AsArray().FirstOrDefault(item => (string?)item!["instance"] == _instance)?["state"];
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

    /// <summary>Ends in good order.</summary>
    public async Task StopAsync()
    {
        await _process!.SignalAsync("TERM");
        await _process!.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Hangs: connections are accepted, nothing is answered or signalled.</summary>
    public Task PauseAsync() => _process!.SignalAsync("STOP");

    public Task ResumeAsync() => _process!.SignalAsync("CONT");

    public async ValueTask DisposeAsync() => await KillAsync();

    static async Task PutAsync(GatewayProcess gateway, string path, string json)
    {
        var answer = await SendAsync(gateway, path, json, null);
        if (answer.StatusCode is HttpStatusCode.PreconditionRequired)
        {
            answer = await SendAsync(gateway, path, json, "*");
        }

        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {await answer.Content.ReadAsStringAsync()}");
    }

    static Task<HttpResponseMessage> SendAsync(GatewayProcess gateway, string path, string json, string? ifMatch)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/admin/api/{path}") { Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return gateway.Management.SendAsync(request);
    }

    static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
