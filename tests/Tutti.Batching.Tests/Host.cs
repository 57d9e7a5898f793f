using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tutti.Batching.Tests;

/// <summary>An app on a free port of this machine, with batching, and a client of it.</summary>
internal sealed class Host : IAsyncDisposable
{
    readonly WebApplication _app;

    Host(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts an app of the test's own, with the two lines.</summary>
    public static async Task<Host> StartAsync(Action<WebApplication> map, Action<TuttiBatchingOptions>? options = null, Action<IServiceCollection>? services = null, string path = "/batch")
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddTuttiBatching(options);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        map(app);
        app.MapTuttiBatch(path);
        await app.StartAsync();
        return new Host(app);
    }

    /// <summary>Starts the sample.</summary>
    public static async Task<Host> SampleAsync()
    {
        var app = Samples.Batching.BatchingApp.Create("--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None");
        await app.StartAsync();
        return new Host(app);
    }

    public async Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, headers);
    }

    public Task<Reply> PostAsync(object batch, params (string Name, string Value)[] headers) => PostTextAsync(JsonSerializer.Serialize(batch), headers);

    public async Task<Reply> PostTextAsync(string json, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/batch") { Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        return await SendAsync(request, headers);
    }

    /// <summary>Posts these requests, and gives the response of each by its id.</summary>
    public async Task<Dictionary<string, JsonElement>> AskAsync(params object[] requests) =>
        (await PostAsync(new { requests })).Responses;

    public async Task<Reply> SendAsync(HttpRequestMessage request, params (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await Client.SendAsync(request);
        return new Reply((int)response.StatusCode, response.Headers, response.Content.Headers, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using var now = new CancellationTokenSource(0);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
