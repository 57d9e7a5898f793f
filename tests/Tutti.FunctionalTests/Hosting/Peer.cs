using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tutti.FunctionalTests.Hosting;

/// <summary>Another program on a port of its own: it answers every request 200 and keeps the bodies, by path.</summary>
internal sealed class Peer : IAsyncDisposable
{
    readonly WebApplication _app;

    Peer(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public ConcurrentQueue<(string Path, byte[] Body)> Received { get; } = new();

    public static async Task<Peer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var peer = new Peer(builder.Build());
        peer._app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            peer.Received.Enqueue((context.Request.Path, body.ToArray()));
            await context.Response.WriteAsync("ok");
        });
        await peer._app.StartAsync();
        return peer;
    }

    /// <summary>Whether something arrived there that holds the text.</summary>
    public bool Has(string path, string text) => Has(path, Encoding.UTF8.GetBytes(text));

    public bool Has(string path, byte[] bytes) => Received.Any(one => one.Path == path && one.Body.AsSpan().IndexOf(bytes) >= 0);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
