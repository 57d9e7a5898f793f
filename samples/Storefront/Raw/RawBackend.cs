using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Tutti.Samples.Storefront.Raw;

/// <summary>
/// A backend below HTTP, on 127.0.0.1: it writes bytes that no web server would, and counts what reaches it.
/// Disposing it ends its connections and throws what a handler of the caller's own threw.
/// </summary>
public sealed class RawBackend : IAsyncDisposable
{
    readonly CancellationTokenSource _stop = new();
    readonly List<Task> _connections = [];
    readonly Func<RawConnection, CancellationToken, Task> _serve;
    readonly TcpListener _listener;
    readonly Task _accepting;
    int _accepted;
    int _open;
    int _requests;
    int _disposed;

    RawBackend(Func<RawConnection, CancellationToken, Task> serve, int port, string scheme)
    {
        _serve = serve;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        Url = $"{scheme}://127.0.0.1:{Port}";
        _accepting = AcceptAsync();
    }

    /// <summary>The port it listens on.</summary>
    public int Port { get; }

    /// <summary>Its address, without a slash at its end.</summary>
    public string Url { get; }

    /// <summary>How many connections were accepted so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>How many connections are open now.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>How many request heads were read whole so far.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Starts a backend that answers every request by the misbehaviour of this name, whatever its path.</summary>
    public static RawBackend Start(string name, int port = 0)
    {
        var fault = RawFaults.All[name];
        return fault.OwnsConnection
            ? new RawBackend(fault.Answer, port, "https")
            : new RawBackend((connection, ct) => connection.ServeAsync(_ => fault.Answer, ct), port, "http");
    }

    /// <summary>Starts a backend that hands each accepted connection to a delegate, before anything is read from it.</summary>
    public static RawBackend Start(Func<RawConnection, CancellationToken, Task> serve, int port = 0) => new(serve, port, "http");

    /// <summary>Starts a backend that answers <c>/raw/{name}</c> by the misbehaviour of that name.</summary>
    public static RawBackend StartByPath(int port = 0) =>
        new((connection, ct) => connection.ServeAsync(RawFaults.ByPath, ct), port, "http");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _accepted);
                Interlocked.Increment(ref _open);
                _connections.RemoveAll(connection => connection.IsCompletedSuccessfully);
                _connections.Add(ServeAsync(socket));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Stopped, or a client that left before it was accepted.
            }
        }
    }

    async Task ServeAsync(Socket socket)
    {
        // The accept loop goes on at once, whatever the handler does before its first await.
        await Task.Yield();
        try
        {
            await using var connection = new RawConnection(socket, () => Interlocked.Increment(ref _requests));
            await _serve(connection, _stop.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or AuthenticationException)
        {
            // The client left, the time is up, or the backend stops: all are usual ends here.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
