using System.Net;
using System.Net.Http.Headers;
using Tutti.Gateway.Locator.Doors;

namespace Tutti.Gateway.Proxy;

/// <summary>
/// Tells the instance whom it serves: <c>X-Forwarded-*</c> and <c>Forwarded</c> (RFC 7239). What a client wrote there is thrown away;
/// what a trusted proxy wrote is gone on with.
/// </summary>
internal static class ForwardingFields
{
    static readonly string[] NotFromOutside =
    [
        "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Prefix", "Forwarded",
        "X-Original-For", "X-Original-Proto", "X-Original-Host", "X-Real-IP",
    ];

    /// <param name="stripped">The path prefix that the instance does not see; null if it sees the whole path.</param>
    public static void Write(HttpContext context, HttpRequestHeaders headers, string? stripped)
    {
        foreach (var name in NotFromOutside)
        {
            headers.Remove(name);
        }

        var trusted = context.Features.Get<TrustedForwarding>();
        var peer = trusted?.Peer ?? context.Connection.RemoteIpAddress;
        var scheme = trusted?.Scheme ?? context.Request.Scheme;
        var host = trusted?.Host ?? context.Request.Host.Value ?? "";
        var address = Text(peer);
        headers.TryAddWithoutValidation("X-Forwarded-For", trusted?.For is { } before ? $"{before}, {address}" : address);
        headers.TryAddWithoutValidation("X-Forwarded-Proto", scheme);
        headers.TryAddWithoutValidation("X-Forwarded-Host", host);
        if (stripped is { Length: > 0 })
        {
            headers.TryAddWithoutValidation("X-Forwarded-Prefix", new PathString(stripped).ToUriComponent());
        }

        var element = $"for={Node(peer, address)};host=\"{host}\";proto={scheme}";
        headers.TryAddWithoutValidation("Forwarded", trusted?.Forwarded is { } chain ? $"{chain}, {element}" : element);
    }

    static string Text(IPAddress? address) => address is null ? "unknown" : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();

    /// <summary>An IPv6 address stands in brackets and quotes (RFC 7239, 6).</summary>
    static string Node(IPAddress? peer, string text) =>
        peer is { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } ? $"\"[{text}]\"" : text;
}
