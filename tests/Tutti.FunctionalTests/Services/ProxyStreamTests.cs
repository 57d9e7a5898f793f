using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Services;

/// <summary>What flows through the proxy flows both ways, as it comes.</summary>
public sealed class ProxyStreamTests(SharedGateway shared)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_web_socket_goes_through()
    {
        await using var backend = await StartAsync(context => EchoAsync(context), HttpProtocols.Http1);
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, backend.Urls.Single());

        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"{world.Traffic.Replace("http", "ws", StringComparison.Ordinal)}/{service}/chat"), Ct);
        await socket.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, true, Ct);
        var buffer = new byte[100];
        var received = await socket.ReceiveAsync(buffer, Ct);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Ct);

        Encoding.UTF8.GetString(buffer, 0, received.Count).ShouldBe("hello");
    }

    [Fact]
    public async Task An_event_comes_before_the_answer_ends()
    {
        var go = new TaskCompletionSource();
        await using var backend = await StartAsync(
            async context =>
            {
                context.Response.ContentType = "text/event-stream";
                await context.Response.WriteAsync("data: one\n\n", Ct);
                await context.Response.Body.FlushAsync(Ct);
                await go.Task;
                await context.Response.WriteAsync("data: two\n\n", Ct);
            },
            HttpProtocols.Http1);
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, backend.Urls.Single());

        using var answer = await world.Client.GetAsync($"/{service}", HttpCompletionOption.ResponseHeadersRead, Ct);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Ct));
        (await reader.ReadLineAsync(Ct)).ShouldBe("data: one");
        go.SetResult();
        (await reader.ReadToEndAsync(Ct)).ShouldContain("data: two");
    }

    [Fact]
    public async Task Much_goes_both_ways_without_being_held()
    {
        const long size = 64 * 1024 * 1024;
        await using var backend = await StartAsync(
            async context =>
            {
                context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
                var buffer = new byte[64 * 1024];
                var received = 0L;
                for (int read; (read = await context.Request.Body.ReadAsync(buffer, Ct)) > 0; received += read)
                {
                }

                await new Zeros(received).CopyToAsync(context.Response.Body, Ct);
            },
            HttpProtocols.Http1);
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync();
        await world.InstanceAsync(service, backend.Urls.Single());

        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{service}") { Content = new StreamContent(new Zeros(size)) };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await world.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        await using var body = await answer.Content.ReadAsStreamAsync(Ct);
        var buffer = new byte[64 * 1024];
        var total = 0L;
        int read;
        while ((read = await body.ReadAsync(buffer, Ct)) > 0)
        {
            total += read;
        }

        total.ShouldBe(size);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_413()
    {
        await using var backend = await Backend.StartAsync();
        await using var world = ServiceWorld.In(shared);
        var service = await world.ServiceAsync(""","backend":{"maxRequestBytes":10}""");
        await world.InstanceAsync(service, backend.Url);

        using var answer = await world.Client.PostAsync($"/{service}", new StringContent("much too large"), Ct);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task HTTP_2_and_trailers_go_through_on_a_listener_of_their_own()
    {
        await using var backend = await StartAsync(
            async context =>
            {
                await context.Request.Body.CopyToAsync(Stream.Null, Ct);
                context.Response.DeclareTrailer("grpc-status");
                await context.Response.WriteAsync($"{context.Request.Protocol} te={context.Request.Headers.TE}", Ct);
                context.Response.AppendTrailer("grpc-status", "0");
            },
            HttpProtocols.Http2);
        await using var world = await ServiceWorld.StartAsync("Traffic:Http2Url=http://127.0.0.1:0");
        var service = await world.ServiceAsync(""","backend":{"httpVersion":"2"}""");
        await world.InstanceAsync(service, backend.Urls.Single());
        var url = world.Gateway.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Last();

        using var client = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{url}/{service}")
        {
            Content = new StringContent("x"),
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TryAddWithoutValidation("TE", "trailers");
        using var answer = await client.SendAsync(request, Ct);

        (await answer.Content.ReadAsStringAsync(Ct)).ShouldBe("HTTP/2 te=trailers");
        answer.TrailingHeaders.GetValues("grpc-status").ShouldBe(["0"]);
        answer.Version.ShouldBe(HttpVersion.Version20);
    }

    static async Task<WebApplication> StartAsync(RequestDelegate answer, HttpProtocols protocols)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        Microsoft.AspNetCore.Hosting.WebHostBuilderKestrelExtensions.ConfigureKestrel(
            builder.WebHost, kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(answer);
        await app.StartAsync(Ct);
        return app;
    }

    static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[100];
        var received = await socket.ReceiveAsync(buffer, Ct);
        await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, true, Ct);
        await socket.ReceiveAsync(buffer, Ct);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Ct);
    }

    /// <summary>So many zeros.</summary>
    sealed class Zeros(long length) : MemoryStream
    {
        long _left = length;

        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => Take(count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Take(buffer.Length));

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => CopyAsync(destination, cancellationToken);

        async Task CopyAsync(Stream destination, CancellationToken ct)
        {
            var buffer = new byte[64 * 1024];
            int read;
            while ((read = Take(buffer.Length)) > 0)
            {
                await destination.WriteAsync(buffer.AsMemory(0, read), ct);
            }
        }

        int Take(int most)
        {
            var now = (int)Math.Min(most, _left);
            _left -= now;
            return now;
        }
    }
}
