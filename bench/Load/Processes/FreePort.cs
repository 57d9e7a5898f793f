using System.Net;
using System.Net.Sockets;

namespace Tutti.Bench.Load.Processes;

/// <summary>Picks ports of the loopback interface that nobody listens on.</summary>
static class FreePort
{
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static Uri TakeUrl() => new($"http://127.0.0.1:{Take()}");
}
