using System.Net;

namespace Tutti.Gateway.Registry.Services;

/// <summary>Reads the address of an instance.</summary>
internal static class InstanceAddress
{
    /// <summary>Scheme, host and port, and nothing else; null if the text is no such address for a service of that protocol.</summary>
    public static Uri? Parse(string text, string protocol)
    {
        var written = text.Contains("://", StringComparison.Ordinal) ? text : $"{protocol}://{text}";
        return Uri.TryCreate(written, UriKind.Absolute, out var uri)
            && ServiceProtocols.Fits(uri.Scheme, protocol)
            && uri is { Host.Length: > 0, Port: > 0, UserInfo: "", Query: "", Fragment: "", AbsolutePath: "/" or "" }
            && HasPort(written)
            && IsPlace(uri)
                ? uri
                : null;
    }

    /// <summary>An instance without a port would take the scheme's, which nobody means for a service.</summary>
    static bool HasPort(string written)
    {
        var authority = written.AsSpan(written.IndexOf("://", StringComparison.Ordinal) + 3).TrimEnd('/');
        var colon = authority.LastIndexOf(':');
        return colon > 0 && colon < authority.Length - 1 && !authority[colon..].Contains(']');
    }

    /// <summary>Addresses that no instance can have, or that lead to the cloud's metadata (RFC 3927, RFC 5771).</summary>
    static bool IsPlace(Uri uri) => !IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address)
        || !(address.MapToIPv4IfMapped() is var plain
            && (plain.Equals(IPAddress.Any) || plain.Equals(IPAddress.IPv6Any) || plain.Equals(IPAddress.Broadcast)
                || plain.IsIPv6LinkLocal || plain.IsIPv6Multicast || IsRefused(plain)));

    static bool IsRefused(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return bytes is [0, _, _, _] or [169, 254, _, _] or [>= 224, _, _, _];
    }

    static IPAddress MapToIPv4IfMapped(this IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
