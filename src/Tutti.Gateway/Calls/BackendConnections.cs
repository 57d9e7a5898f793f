using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Calls;

/// <summary>The keep-alive connections of each part. A part that changes how it connects gets new ones; the old ones end when idle.</summary>
internal sealed class BackendConnections(BackendOptions options)
{
    readonly AddressPolicy _policy = new(options);
    readonly ConcurrentDictionary<string, Connections> _parts = new(StringComparer.Ordinal);

    public HttpMessageInvoker Of(PartModel part)
    {
        var config = part.Config.Backend;
        if (_parts.TryGetValue(part.Id, out var known) && (ReferenceEquals(known.Config, config) || known.Config == config))
        {
            return known.Invoker;
        }

        // Two first calls may both get here; the loser's handler has opened nothing yet.
        return _parts.AddOrUpdate(
            part.Id,
            _ => new Connections(config, Open(config)),
            (_, old) => old.Config == config ? old : new Connections(config, Open(config))).Invoker;
    }

    /// <summary>Lets go of the connections of parts that are no longer registered.</summary>
    public void Retain(RegistrySnapshot snapshot)
    {
        foreach (var partId in _parts.Keys.Where(partId => !snapshot.Parts.ContainsKey(partId)))
        {
            _parts.TryRemove(partId, out _);
        }
    }

    HttpMessageInvoker Open(BackendConfig config)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = config.Proxy is not null,
            Proxy = config.Proxy is { } proxy ? new WebProxy(proxy.Contains("://", StringComparison.Ordinal) ? proxy : $"http://{proxy}") : null,
            MaxConnectionsPerServer = config.MaxConnections,
            ConnectTimeout = TimeSpan.FromMilliseconds(Math.Max(1, config.ConnectTimeout)),
            ConnectCallback = ConnectAsync,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(options.IdleConnectionSeconds),
            PooledConnectionLifetime = TimeSpan.FromSeconds(options.ConnectionLifetimeSeconds),
            MaxResponseHeadersLength = options.MaxHeaderKilobytes,
            MaxResponseDrainSize = 64 * 1024,
            EnableMultipleHttp2Connections = true,
            // Trace headers are written by PartCall; the handler's own layer would cost a copy of every request.
            ActivityHeadersPropagator = null,
        };
        if (!config.VerifyTls)
        {
#pragma warning disable CA5359 // The operator switched the check off for this part; registry and log say so loudly.
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true };
#pragma warning restore CA5359
        }

        return new HttpMessageInvoker(handler);
    }

    async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var target = context.DnsEndPoint;
        var addresses = await Dns.GetHostAddressesAsync(target.Host, ct);
        Exception? last = null;
        foreach (var address in addresses)
        {
            if (!_policy.Allows(address))
            {
                last ??= new AddressRefusedException(target.Host, address);
                continue;
            }

            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, target.Port), ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                socket.Dispose();
                ct.ThrowIfCancellationRequested();
                last = e;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    sealed record Connections(BackendConfig Config, HttpMessageInvoker Invoker);
}
