using System.ComponentModel.DataAnnotations;
using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Hosting;

/// <summary>The listener for traffic: section <c>Tutti:Traffic</c>.</summary>
internal sealed class TrafficOptions
{
    /// <summary>Where clients connect: <c>http://host:port</c>, several separated by <c>;</c>. Loopback unless told otherwise.</summary>
    [ListenUrl]
    public string Url { get; set; } = "http://localhost:9000";

    /// <summary>Where clients connect that speak HTTP/2 without TLS from the first byte on, such as gRPC; nowhere if empty.</summary>
    [ListenUrl(MayBeEmpty = true)]
    public string Http2Url { get; set; } = "";

    /// <summary>The most connections that are open at once, on both listeners together.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 20_000;

    /// <summary>
    /// Addresses or networks (CIDR) of proxies whose <c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c>, <c>X-Forwarded-Host</c> and
    /// <c>Forwarded</c> are believed; none by default.
    /// </summary>
    [Networks]
    public string[] TrustedProxies { get; set; } = [];

    /// <summary>
    /// Runs request code on the threads that read sockets: about a tenth less CPU and half the p99, as long as nothing blocks. Set
    /// <c>DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1</c> beside it.
    /// </summary>
    public bool InlineScheduling { get; set; }
}
