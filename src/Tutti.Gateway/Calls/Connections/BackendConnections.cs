using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Text;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Calls.Connections;

/// <summary>
/// The keep-alive connections to backends. Parts that connect in the same way share one handler, which measures a fifth cheaper than
/// one each; how many a part uses at once is bounded by the guard. Handlers are replaced when their lifetime ends, so that changes of
/// DNS are seen: the handler's own limit would ask the clock at every call.
/// </summary>
internal sealed class BackendConnections : IDisposable
{
    readonly BackendOptions _options;
    readonly BackendSockets _sockets;
    readonly ConcurrentDictionary<BackendWay, HttpMessageInvoker> _ways = new();
    readonly ITimer _renewal;

    public BackendConnections(BackendOptions options, TimeProvider clock)
    {
        _options = options;
        _sockets = new(new AddressPolicy(options));
        var lifetime = TimeSpan.FromSeconds(options.ConnectionLifetimeSeconds);

        // Calls that run keep the handler they began with; its other connections close when they have been idle for long enough.
        _renewal = clock.CreateTimer(static ways => ((ConcurrentDictionary<BackendWay, HttpMessageInvoker>)ways!).Clear(), _ways, lifetime, lifetime);
    }

    /// <remarks>Two first calls may both make one; the loser's has opened nothing yet.</remarks>
    public HttpMessageInvoker Of(PartModel part) => Of(part.Way);

    public HttpMessageInvoker Of(BackendWay way) => _ways.TryGetValue(way, out var known) ? known : _ways.GetOrAdd(way, Open);

    public void Dispose() => _renewal.Dispose();

    HttpMessageInvoker Open(BackendWay way)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = way.Proxy is not null,
            Proxy = way.Proxy is { } proxy ? new WebProxy(proxy.Contains("://", StringComparison.Ordinal) ? proxy : $"http://{proxy}") : null,
            ConnectTimeout = TimeSpan.FromMilliseconds(Math.Max(1, way.ConnectTimeout)),
            ConnectCallback = _sockets.ConnectAsync,
            PlaintextStreamFilter = static (context, _) => new(BackendStream.Over(context.PlaintextStream)),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(_options.IdleConnectionSeconds),
            MaxResponseHeadersLength = _options.MaxHeaderKilobytes,
            MaxResponseDrainSize = 64 * 1024,
            EnableMultipleHttp2Connections = true,
            // Trace headers are written by PartCall; the handler's own layer would cost a copy of every request.
            ActivityHeadersPropagator = null,
            RequestHeaderEncodingSelector = way.IsUtf8 ? static (_, _) => Encoding.UTF8 : static (name, _) => MetadataField.EncodingOf(name),
        };
        if (!way.VerifyTls)
        {
#pragma warning disable CA5359 // The operator switched the check off for this part; registry and log say so loudly.
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true };
#pragma warning restore CA5359
        }

        return new HttpMessageInvoker(handler);
    }
}
