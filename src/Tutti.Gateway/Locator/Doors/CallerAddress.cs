using System.Net;
using System.Net.Sockets;

namespace Tutti.Gateway.Locator.Doors;

/// <summary>Writes addresses of connections as they stand in URIs.</summary>
internal static class CallerAddress
{
    /// <summary>An IPv4 address as itself, which a listener for both families sees in its IPv6 form.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>The address as the host of a URI.</summary>
    public static string HostOf(IPAddress? address) => Plain(address ?? IPAddress.Loopback) is var plain && plain.AddressFamily is AddressFamily.InterNetworkV6
        ? $"[{plain}]"
        : $"{plain}";
}
