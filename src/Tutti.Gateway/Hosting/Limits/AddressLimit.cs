using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Tutti.Gateway.Hosting.Limits;

/// <summary>Bounds how many connections one address has open; those beyond are closed as they come.</summary>
internal sealed class AddressLimit(int most)
{
    readonly ConcurrentDictionary<IPAddress, int> _open = new();

    public ConnectionDelegate Over(ConnectionDelegate next) => async connection =>
    {
        if ((connection.RemoteEndPoint as IPEndPoint)?.Address is not { } address)
        {
            await next(connection);
            return;
        }

        try
        {
            if (_open.AddOrUpdate(address, 1, static (_, open) => open + 1) <= most)
            {
                await next(connection);
            }
            else
            {
                connection.Abort();
            }
        }
        finally
        {
            Leave(address);
        }
    };

    void Leave(IPAddress address)
    {
        if (_open.AddOrUpdate(address, 0, static (_, open) => open - 1) == 0)
        {
            _open.TryRemove(KeyValuePair.Create(address, 0));
        }
    }
}
