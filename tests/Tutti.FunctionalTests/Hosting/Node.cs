using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tutti.FunctionalTests.Registry;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Hosting;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Hosting;

/// <summary>A whole gateway on free ports, with a database file of its own.</summary>
internal sealed class Node : IAsyncDisposable
{
    readonly DirectoryInfo _directory;

    Node(WebApplication app, DirectoryInfo directory)
    {
        _directory = directory;
        App = app;
        string[] urls = [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];
        Traffic = new HttpClient { BaseAddress = new Uri(urls[0]) };
        Management = new HttpClient { BaseAddress = new Uri(urls[1]) };
    }

    public WebApplication App { get; }

    public HttpClient Traffic { get; }

    public HttpClient Management { get; }

    public PartRegistry Registry => App.Services.GetRequiredService<PartRegistry>();

    public static Task<Node> StartAsync(params string[] settings) => StartAsync(null, settings);

    /// <param name="log">Takes everything that is logged from the start on.</param>
    public static async Task<Node> StartAsync(ILoggerProvider? log, params string[] settings)
    {
        var directory = Directory.CreateTempSubdirectory("tutti-node-");
        var app = TuttiHost.Create([
            "--Tutti:Traffic:Url=http://127.0.0.1:0",
            "--Tutti:Management:Url=http://127.0.0.1:0",
            $"--Tutti:Storage:ConnectionString=Data Source={Path.Combine(directory.FullName, "tutti.db")}",
            "--Tutti:Shutdown:ReadinessDelayMs=0",
            "--Tutti:Shutdown:DrainMs=2000",
            .. settings,
        ]);
        if (log is not null)
        {
            app.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        }

        await app.StartAsync();
        return new Node(app, directory);
    }

    /// <summary>Waits until the registry is loaded, and registers pool <c>p</c> and these parts.</summary>
    public async Task SeedAsync(params (string Id, string Uri)[] parts)
    {
        await Eventually.TrueAsync(() => Registry.IsLoaded);
        await SendAsync(HttpMethod.Post, "/admin/api/pools", """{"key":"p","size":4,"queue":10}""");
        foreach (var (id, uri) in parts)
        {
            using var answer = await Management.PostAsync("/admin/api/parts", Json($$"""{"partId":"{{id}}","uri":"{{uri}}","pool":"p","cacheTtl":0}"""));
            ((int)answer.StatusCode).ShouldBe(201, await answer.Content.ReadAsStringAsync());
        }
    }

    public async Task<JsonNode> AggregateAsync(string partId, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/octoparts/2")
        {
            Content = Json($$"""{"requestMeta":{"id":"r"},"requests":[{"partId":"{{partId}}","params":[]}]}"""),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await Traffic.SendAsync(request);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    /// <summary>Sends to the management listener.</summary>
    public async Task<(int Status, JsonNode? Json)> SendAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : Json(json) };
        using var answer = await Management.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text) : null);
    }

    public async ValueTask DisposeAsync()
    {
        Traffic.Dispose();
        Management.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    static StringContent Json(string json) => new(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
}
