using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tutti.Contracts;
using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Hosting;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Import;

namespace Tutti.FunctionalTests.Support;

/// <summary>A gateway of its own on free ports, with a database of its own: the whole world of a test.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly string _folder;
    readonly CollectedErrors _errors = new();

    TestGateway(WebApplication app, string folder)
    {
        _app = app;
        _folder = folder;
        Services.GetRequiredService<ILoggerFactory>().AddProvider(_errors);
    }

    public IServiceProvider Services => _app.Services;

    /// <summary>What is listened on: traffic, management, then what else was asked for.</summary>
    public string[] Addresses => [.. Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    public HttpClient Traffic { get; private set; } = null!;

    public HttpClient Management { get; private set; } = null!;

    /// <summary>Starts a gateway and waits until it is ready.</summary>
    /// <param name="settings">As <c>Section:Key=value</c>, below <c>Tutti</c>.</param>
    public static Task<TestGateway> StartAsync(params string[] settings) => StartAsync(TimeProvider.System, settings);

    /// <summary>Starts one that lives by another clock.</summary>
    public static async Task<TestGateway> StartAsync(TimeProvider clock, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("tutti").FullName;
        string[] own =
        [
            "--Tutti:Traffic:Url=http://127.0.0.1:0",
            "--Tutti:Management:Url=http://127.0.0.1:0",
            $"--Tutti:Storage:ConnectionString=Data Source={folder}/tutti.db",
            "--Tutti:Shutdown:ReadinessDelayMs=0",
            "--Logging:Console:LogLevel:Default=None",
        ];
        var gateway = new TestGateway(TuttiHost.Create(clock, [.. own, .. settings.Select(setting => $"--Tutti:{setting}")]), folder);
        await gateway._app.StartAsync();
        gateway.Traffic = Client(gateway.Addresses[0]);
        gateway.Management = Client(gateway.Addresses[1]);
        await Eventually.TrueAsync(async () => (await gateway.Traffic.GetAsync("/readyz")).IsSuccessStatusCode);
        return gateway;
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Registers parts, and each pool that they name with room for all.</summary>
    public Task RegisterAsync(params PartConfig[] parts) => RegisterAsync([], parts);

    public async Task RegisterAsync(PoolConfig[] pools, params PartConfig[] parts)
    {
        var snapshot = Some.Snapshot(parts, pools);
        var file = JsonSerializer.SerializeToUtf8Bytes(
            [.. parts.Select(part => OctopartsFormat.Write(part, snapshot))], ContractsJson.HttpPartConfigs);
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await Management.PostAsync("/admin/api/import?mode=update", content);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Registers one part.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> RegisterOneAsync(PartConfig part)
    {
        await RegisterAsync(part);
        return part.PartId;
    }

    /// <summary>Registers one part and asks for it.</summary>
    public async Task<PartAnswer> AskAsync(PartConfig part, params (string Key, string Value)[] values)
    {
        await RegisterAsync(part);
        return (await AskAsync(Some.Ask(part.PartId, values)))[0];
    }

    /// <summary>Asks with a timeout in milliseconds.</summary>
    public Task<PartAnswer[]> AskWithinAsync(int timeout, params PartRequest[] parts) => AskAsync(new AggregateRequest(Some.Meta(timeout), parts));

    public Task<PartAnswer[]> AskAsync(params PartRequest[] parts) => AskAsync(Some.Request(parts));

    public async Task<PartAnswer[]> AskAsync(AggregateRequest request) => PartAnswer.AllOf(await AnswerAsync(request));

    public async Task<JsonElement> AnswerAsync(AggregateRequest request)
    {
        using var answer = await PostAsync(JsonSerializer.Serialize(request, ContractsJson.AggregateRequest));
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(200, text);
        return JsonDocument.Parse(text).RootElement;
    }

    public Task<HttpResponseMessage> PostAsync(string json, string? contentType = "application/json") =>
        PostAsync(Encoding.UTF8.GetBytes(json), contentType);

    public Task<HttpResponseMessage> PostAsync(byte[] body, string? contentType = "application/json", string? contentEncoding = null)
    {
        var content = new ByteArrayContent(body);
        if (contentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        if (contentEncoding is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", contentEncoding);
        }

        return Traffic.PostAsync("/octoparts/2", content);
    }

    /// <summary>For tests in which errors are logged as they should be.</summary>
    public void ForgetErrors() => _errors.Forget();

    /// <summary>Stops as a signal from the operating system would.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Traffic.Dispose();
        Management.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        _errors.ShouldBeNone();
    }

    static HttpClient Client(string address) => new() { BaseAddress = new Uri(address), Timeout = Eventually.HangGuard };
}
