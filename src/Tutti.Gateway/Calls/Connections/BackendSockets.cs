using System.Net;
using System.Net.Sockets;

namespace Tutti.Gateway.Calls.Connections;

/// <summary>Opens the sockets to backends, to addresses that the policy allows.</summary>
internal sealed class BackendSockets(AddressPolicy policy)
{
    /// <summary>Tries the addresses of a host in turn.</summary>
    public ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct) =>
        ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, ct);

    /// <summary>Tries the addresses of a host in turn.</summary>
    public async ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(host, ct);
        Exception? last = null;
        foreach (var address in addresses)
        {
            if (!policy.Allows(address))
            {
                last ??= new AddressRefusedException(host, address);
                continue;
            }

            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), ct);
                return new BackendSocket(socket);
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
}
