using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Admin;
using Tutti.Gateway.Storage;

namespace Tutti.FunctionalTests.Registry;

/// <summary>A node with nothing but the registry and its admin API, on a port of its own.</summary>
internal sealed class RegistryNode : IAsyncDisposable
{
    readonly WebApplication _app;

    RegistryNode(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public PartRegistry Registry => _app.Services.GetRequiredService<PartRegistry>();

    public static async Task<RegistryNode> StartAsync(TestDatabase database, Action<RegistryOptions>? configure = null, bool loaded = true)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRegistry();
        builder.Services.Configure<RegistryOptions>(options => configure?.Invoke(options));
        builder.Services.Configure<StorageOptions>(options =>
        {
            options.Provider = database.Provider;
            options.ConnectionString = database.ConnectionString;
            options.TimeoutSeconds = 1;
        });
        var app = builder.Build();
        app.MapRegistryAdmin();
        await app.StartAsync();
        var node = new RegistryNode(app);
        if (loaded)
        {
            await Eventually.TrueAsync(() => node.Registry.IsLoaded);
        }

        return node;
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? json = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, $"/admin/api/{path}");
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(
            (int)response.StatusCode,
            text.Length == 0 ? null : JsonNode.Parse(text),
            response.Headers.ETag?.ToString(),
            response.Headers.Location?.ToString(),
            response.Content.Headers.ContentType?.MediaType,
            response.Headers.RetryAfter?.ToString());
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, string? json = null) => SendAsync(HttpMethod.Post, path, json);

    public Task<Answer> PutAsync(string path, string json, string? ifMatch = "*") => SendAsync(HttpMethod.Put, path, json, ifMatch);

    public Task<Answer> DeleteAsync(string path, string? ifMatch = null) => SendAsync(HttpMethod.Delete, path, null, ifMatch);

    /// <summary>Creates what most tests begin with: pool <c>p</c>, cache group <c>g</c> and the parts named.</summary>
    public async Task SeedAsync(params string[] partIds)
    {
        (await PostAsync("pools", """{"key":"p","size":2,"queue":10}""")).Status.ShouldBe(201);
        (await PostAsync("cache-groups", """{"name":"g","owner":"me"}""")).Status.ShouldBe(201);
        foreach (var id in partIds)
        {
            (await PostAsync("parts", Some.Part(id))).Status.ShouldBe(201);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
