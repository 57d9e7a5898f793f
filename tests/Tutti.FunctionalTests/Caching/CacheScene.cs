using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Caching;

/// <summary>A gateway with one cached part, and a backend that numbers its answers.</summary>
internal sealed class CacheScene : IAsyncDisposable
{
    int _answers;

    CacheScene(TestGateway gateway) => Gateway = gateway;

    public TestGateway Gateway { get; }

    public Backend Backend { get; private set; } = null!;

    /// <summary>How the part is registered.</summary>
    public PartConfig Part { get; private set; } = null!;

    /// <summary>What the backend does before it writes the number of its answer.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    public int Calls => Backend.Requests.Length;

    public static async Task<CacheScene> StartAsync(Func<PartConfig, PartConfig>? part = null, params string[] settings)
    {
        var scene = new CacheScene(await TestGateway.StartAsync(settings));
        scene.Backend = await Backend.StartAsync(async context =>
        {
            await scene.Answer(context);
            if (context.Response.StatusCode != 304)
            {
                await context.Response.WriteAsync(Interlocked.Increment(ref scene._answers).ToString(CultureInfo.InvariantCulture));
            }
        });
        var whole = Some.Part($"{scene.Backend.Url}/", Some.Param(ParamKind.Query, "id")) with { CacheTtl = 60_000 };
        await scene.RegisterAsync(part is null ? whole : part(whole));
        return scene;
    }

    /// <summary>Registers the part, or changes it.</summary>
    public async Task RegisterAsync(PartConfig part)
    {
        Part = part;
        await Gateway.RegisterAsync(part);
    }

    /// <summary>Lets the backend answer with this header.</summary>
    public void Say(string name, string value) => Answer = context =>
    {
        context.Response.Headers[name] = value;
        return Task.CompletedTask;
    };

    public async Task<PartAnswer> AskAsync(params (string Key, string Value)[] values) => (await Gateway.AskAsync(Some.Ask(Part.PartId, values)))[0];

    public async Task<PartAnswer> AskWithinAsync(int timeout) => (await Gateway.AskWithinAsync(timeout, Some.Ask(Part.PartId)))[0];

    /// <summary>Asks so many times at once.</summary>
    public Task<PartAnswer[]> AskAtOnceAsync(int times) => Task.WhenAll(Enumerable.Range(0, times).Select(_ => AskAsync()));

    public Task<HttpResponseMessage> GetAsync(string? header = null, string value = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/parts/{Part.PartId}");
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        return Gateway.Traffic.SendAsync(request);
    }

    public static bool IsFromCache(PartAnswer answer) => answer.Json.GetProperty("retrievedFromCache").GetBoolean();

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Backend.DisposeAsync();
    }
}
