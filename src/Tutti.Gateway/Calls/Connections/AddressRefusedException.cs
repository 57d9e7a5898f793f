using System.Net;
using System.Net.Sockets;

namespace Tutti.Gateway.Calls.Connections;

/// <summary>Carries a refusal of the address policy through the connection pool, which only knows exceptions.</summary>
internal sealed class AddressRefusedException(string host, IPAddress address)
    : SocketException((int)SocketError.AccessDenied, $"{host} is at {address}, which calls may not reach (Tutti:Backends:DeniedNetworks, AllowedNetworks)");
