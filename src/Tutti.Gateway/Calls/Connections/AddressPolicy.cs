using System.Net;

namespace Tutti.Gateway.Calls.Connections;

/// <summary>
/// Which addresses calls may reach. It judges the address that is connected to, not the name, so a name that resolves elsewhere the
/// second time gains nothing.
/// </summary>
internal sealed class AddressPolicy(BackendOptions options)
{
    /// <summary>Denied unless the configuration names its own: link-local with cloud metadata, unspecified, multicast, broadcast.</summary>
    static readonly string[] DeniedByDefault =
    [
        "169.254.0.0/16", "fe80::/10", "fd00:ec2::/32", "100.100.100.200/32", "0.0.0.0/8", "::/128", "224.0.0.0/4", "ff00::/8", "255.255.255.255/32",
    ];

    readonly IPNetwork[] _denied = [.. (options.DeniedNetworks.Count > 0 ? options.DeniedNetworks : DeniedByDefault).Select(NetworksAttribute.Parse)];
    readonly IPNetwork[] _allowed = [.. options.AllowedNetworks.Select(NetworksAttribute.Parse)];

    public bool Allows(IPAddress address)
    {
        var plain = Unwrap(address);
        return !_denied.Any(network => network.Contains(plain)) && (_allowed.Length == 0 || _allowed.Any(network => network.Contains(plain)));
    }

    /// <summary>The IPv4 address inside an IPv6 form of it: mapped, 6to4 (RFC 3056) or NAT64 (RFC 6052).</summary>
    static IPAddress Unwrap(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out var length) || length != 16)
        {
            return address;
        }

        return bytes switch
        {
            [0x20, 0x02, ..] => new IPAddress(bytes[2..6]),
            [0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, ..] => new IPAddress(bytes[12..16]),
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, not 0, ..] => new IPAddress(bytes[12..16]),
            _ => address,
        };
    }
}
