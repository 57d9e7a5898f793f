using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Services;

/// <summary>A gateway with services, and a client that follows no redirect.</summary>
internal sealed class ServiceWorld : IAsyncDisposable
{
    readonly bool _isOwn;

    ServiceWorld(TestGateway gateway, bool isOwn)
    {
        _isOwn = isOwn;
        Gateway = gateway;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = gateway.Traffic.BaseAddress, Timeout = Eventually.HangGuard };
    }

    public TestGateway Gateway { get; }

    public HttpClient Client { get; }

    /// <summary>The traffic listener, without a slash at its end.</summary>
    public string Traffic => Gateway.Traffic.BaseAddress!.GetLeftPart(UriPartial.Authority);

    public static async Task<ServiceWorld> StartAsync(params string[] settings) => new(await TestGateway.StartAsync(settings), true);

    /// <summary>Starts one that lives by another clock.</summary>
    public static async Task<ServiceWorld> StartAsync(TimeProvider clock) => new(await TestGateway.StartAsync(clock), true);

    public static ServiceWorld In(SharedGateway shared) => new(shared.Gateway, false);

    /// <summary>Sends to the admin API.</summary>
    public async Task<(int Status, JsonNode? Body, string? ETag)> SendAsync(HttpMethod method, string path, string? json = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, $"/admin/api/{path}");
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using var answer = await Gateway.Management.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), answer.Headers.ETag?.ToString());
    }

    /// <summary>Registers a service.</summary>
    /// <param name="more">More fields, each after a comma.</param>
    /// <returns>Its name.</returns>
    public async Task<string> ServiceAsync(string more = "", string? name = null)
    {
        name ??= Some.Name("service");
        await PutAsync($"services/{name}", $$"""{"name":"{{name}}"{{more}}}""");
        return name;
    }

    /// <summary>Registers a bundle that offers a service.</summary>
    public async Task<string> BundleAsync(string service, string more = "")
    {
        var id = Some.Name("bundle");
        await PutAsync($"bundles/{id}", $$"""{"bundleId":"{{id}}","name":"{{id}}","endpoints":[{"name":"web","service":"{{service}}"}]{{more}}}""");
        return id;
    }

    /// <summary>Registers an instance that counts as started.</summary>
    public Task<string> InstanceAsync(string service, string address, string more = "") => InstanceOfAsync(null, service, address, more);

    /// <summary>Registers an instance of a bundle, which has yet to signal its start.</summary>
    public async Task<string> InstanceOfAsync(string? bundle, string service, string address, string more = "")
    {
        var id = Some.Name("instance");
        var of = bundle is null ? "null" : $"\"{bundle}\"";
        await PutAsync($"instances/{id}", $$"""{"instanceId":"{{id}}","bundle":{{of}},"addresses":[{"service":"{{service}}","address":"{{address}}"}]{{more}}}""");
        return id;
    }

    public async Task PutAsync(string path, string json, string? ifMatch = null)
    {
        var (status, body, _) = await SendAsync(HttpMethod.Put, path, json, ifMatch);
        status.ShouldBeInRange(200, 201, $"{path}: {body}");
    }

    /// <summary>Signals the start of a bundle as ConductR's libraries do.</summary>
    public Task<int> SignalAsync(string bundle, string query = "?isStarted=true") => SignalAsync(HttpMethod.Put, $"/bundles/{bundle}{query}");

    public async Task<int> SignalAsync(HttpMethod method, string path)
    {
        using var answer = await Gateway.Management.SendAsync(new HttpRequestMessage(method, path));
        return (int)answer.StatusCode;
    }

    /// <summary>Looks a service up.</summary>
    public async Task<(int Status, string? Location, int? MaxAge)> LookUpAsync(string path, string method = "GET", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), $"/services{path}");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await Client.SendAsync(request);
        var location = answer.Headers.NonValidated.TryGetValues("Location", out var values) ? values.Single() : null;
        return ((int)answer.StatusCode, location, (int?)answer.Headers.CacheControl?.MaxAge?.TotalSeconds);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_isOwn)
        {
            await Gateway.DisposeAsync();
        }
    }
}
