using System.Net;

namespace Tutti.Gateway.Locator.Doors;

/// <summary>What a trusted proxy says of the request that it passed on. It is a feature of the request only where the proxy is trusted.</summary>
/// <param name="Peer">The proxy itself.</param>
/// <param name="For">The addresses that the request came from, as they stood there; null if none.</param>
/// <param name="Scheme">What the client spoke; null if it is not told.</param>
/// <param name="Host">The host that the client asked for; null if it is not told.</param>
/// <param name="Forwarded">The field of RFC 7239 as it came; null if there is none.</param>
internal sealed record TrustedForwarding(IPAddress Peer, string? For, string? Scheme, string? Host, string? Forwarded)
{
    /// <summary>The address of this gateway as the client reached it; null if the proxy does not tell.</summary>
    public string? Origin => Host is null ? null : $"{Scheme ?? "http"}://{Host}";
}
