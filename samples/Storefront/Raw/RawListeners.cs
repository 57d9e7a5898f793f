using System.Net.Sockets;

namespace Tutti.Samples.Storefront.Raw;

/// <summary>
/// The raw backends of the running sample: one that chooses by path, and one for each misbehaviour that needs a port of its own.
/// </summary>
public sealed class RawListeners(IConfiguration configuration) : IHostedService, IAsyncDisposable
{
    /// <summary>The port of the raw misbehaviours when <c>--raw-port</c> names none.</summary>
    public const int DefaultRawPort = 9101;

    /// <summary>The first TLS port when <c>--tls-port</c> names none.</summary>
    public const int DefaultTlsPort = 9102;

    readonly OrderedDictionary<string, RawBackend> _tls = [];
    RawBackend? _raw;

    /// <summary>The backend that answers <c>/raw/{name}</c>.</summary>
    public RawBackend Raw => _raw ?? throw new InvalidOperationException("The sample has not been started");

    /// <summary>The TLS backends by misbehaviour, in the order of their ports.</summary>
    public IReadOnlyDictionary<string, RawBackend> Tls => _tls;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _raw = Listen("--raw-port", configuration.GetValue("raw-port", DefaultRawPort), RawBackend.StartByPath);
        var port = configuration.GetValue("tls-port", DefaultTlsPort);
        foreach (var fault in RawFaults.All.Values.Where(fault => fault.OwnsConnection))
        {
            _tls.Add(fault.Name, Listen("--tls-port", port, at => RawBackend.Start(fault.Name, at)));
            port = port == 0 ? 0 : port + 1;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var backend in _tls.Values)
        {
            await backend.DisposeAsync();
        }

        if (_raw is not null)
        {
            await _raw.DisposeAsync();
        }
    }

    static RawBackend Listen(string option, int port, Func<int, RawBackend> start)
    {
        try
        {
            return start(port);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new PortTakenException(port, option, e);
        }
    }
}
