using System.Net;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Locator.Doors;

namespace Tutti.Gateway.ProxyCache;

/// <summary>Knows who may purge on the traffic port and have stored answers fetched anew.</summary>
internal sealed class TrustedCallers(ProxyCacheOptions options)
{
    readonly IPNetwork[] _networks = [.. options.TrustedNetworks.Select(NetworksAttribute.Parse)];

    public bool IsOne(HttpContext context) =>
        _networks.Length > 0 && context.Connection.RemoteIpAddress is { } remote && CallerAddress.Plain(remote) is var caller && Array.Exists(_networks, network => network.Contains(caller));
}
