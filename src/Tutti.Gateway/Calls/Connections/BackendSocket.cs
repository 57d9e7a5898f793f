using System.Net.Sockets;

namespace Tutti.Gateway.Calls.Connections;

/// <summary>
/// A connection to a backend. One that ends before its first byte says so by an exception: at a mere end HttpClient would send the
/// request up to three times more, past the guard and whatever the part says of retries. On a connection that answered before, an end
/// means that it was idle for too long, and another try on a fresh one is right.
/// </summary>
internal sealed class BackendSocket(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    bool _isHeard;

    public static HttpIOException EndedUnheard() => new(HttpRequestError.ResponseEnded, "The connection ended before its first byte");

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var reading = base.ReadAsync(buffer, cancellationToken);
        return _isHeard || buffer.IsEmpty ? reading : FirstAsync(reading);
    }

    async ValueTask<int> FirstAsync(ValueTask<int> reading)
    {
        var count = await reading;
        _isHeard = true;
        return count > 0 ? count : throw EndedUnheard();
    }
}
