using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Tutti.FunctionalTests.Support;

/// <summary>A backend on a free port that answers as it is told and remembers what it was asked.</summary>
internal sealed class Backend : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly ConcurrentQueue<BackendRequest> _requests = new();

    Backend(WebApplication app) => _app = app;

    /// <summary>Without a slash at its end.</summary>
    public string Url => _app.Urls.First();

    /// <summary>The requests so far, in the order of their arrival.</summary>
    public BackendRequest[] Requests => [.. _requests];

    /// <summary>The only request so far.</summary>
    public BackendRequest Request => _requests.ShouldHaveSingleItem();

    /// <param name="listen">What the listener speaks; HTTP/1.1 without TLS unless told.</param>
    public static async Task<Backend> StartAsync(RequestDelegate answer, Action<ListenOptions>? listen = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen ?? (_ => { })));
        var app = builder.Build();
        var backend = new Backend(app);
        app.Run(async context =>
        {
            backend._requests.Enqueue(await BackendRequest.ReadAsync(context));
            await answer(context);
        });
        await app.StartAsync();
        return backend;
    }

    /// <summary>Starts one that answers every request with a text.</summary>
    public static Task<Backend> StartAsync(string text = "hello") => StartAsync(context => context.Response.WriteAsync(text));

    /// <summary>Starts one that answers every request with a status and its usual reason.</summary>
    public static Task<Backend> StartAsync(int status, string text = "hello") => StartAsync(context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(text);
    });

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(0);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
