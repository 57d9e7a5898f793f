using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Services;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.ProxyCache;

/// <summary>A service behind the cache, whose backend answers as the test says, and a client that asks it.</summary>
internal sealed class CachedService : IAsyncDisposable
{
    readonly ServiceWorld _world;

    readonly bool _isOwn;

    CachedService(ServiceWorld world, Backend backend, string name, bool isOwn)
    {
        _isOwn = isOwn;
        _world = world;
        Backend = backend;
        Name = name;
    }

    public ServiceWorld World => _world;

    public Backend Backend { get; }

    public string Name { get; }

    /// <summary>How often the backend was asked.</summary>
    public int Calls => Backend.Requests.Length;

    /// <param name="more">More fields of the service, each after a comma.</param>
    public static async Task<CachedService> StartAsync(SharedGateway shared, RequestDelegate answer, string more = "")
    {
        var world = ServiceWorld.In(shared);
        return await StartAsync(world, await Backend.StartAsync(answer), more, isOwn: true);
    }

    /// <summary>Starts one in a world, and over a backend, that its maker ends.</summary>
    public static Task<CachedService> StartAsync(ServiceWorld world, Backend backend, string more = "") => StartAsync(world, backend, more, isOwn: false);

    static async Task<CachedService> StartAsync(ServiceWorld world, Backend backend, string more, bool isOwn)
    {
        var name = await world.ServiceAsync(more);
        await world.InstanceAsync(name, backend.Url);
        return new CachedService(world, backend, name, isOwn);
    }

    /// <summary>Starts one whose backend answers all requests with these fields, and its own count as body.</summary>
    public static Task<CachedService> StartAsync(SharedGateway shared, string more, params (string Name, string Value)[] fields)
    {
        var count = 0;
        return StartAsync(shared, context => AnswerAsync(context, $"{Interlocked.Increment(ref count)}", fields), more);
    }

    public static Task AnswerAsync(HttpContext context, string body, params (string Name, string Value)[] fields)
    {
        foreach (var (name, value) in fields)
        {
            context.Response.Headers.Append(name, value);
        }

        return context.Response.WriteAsync(body);
    }

    public Task<Told> GetAsync(string path = "", params (string Name, string Value)[] headers) => SendAsync("GET", path, headers);

    public async Task<Told> SendAsync(string method, string path = "", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), $"/{Name}{path}");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _world.Client.SendAsync(request);
        return await Told.ReadAsync(answer);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isOwn)
        {
            await Backend.DisposeAsync();
            await _world.DisposeAsync();
        }
    }
}
