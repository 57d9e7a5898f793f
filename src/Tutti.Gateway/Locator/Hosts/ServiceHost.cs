using System.Net;
using System.Text.Json.Serialization;

namespace Tutti.Gateway.Locator.Hosts;

/// <summary>Where an instance is, as ConductR 2.1 writes it.</summary>
internal sealed record ServiceHost(
    string Protocol,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Ipv4Host,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Ipv6Host,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? HostName,
    int Port)
{
    public static ServiceHost Of(Uri address) => IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip)
        ? ip.AddressFamily is System.Net.Sockets.AddressFamily.InterNetwork
            ? new ServiceHost(address.Scheme, $"{ip}", null, null, address.Port)
            : new ServiceHost(address.Scheme, null, $"{ip}", null, address.Port)
        : new ServiceHost(address.Scheme, null, null, address.Host, address.Port);

    /// <summary>Where an instance is, as ConductR 1.1 writes it.</summary>
    public static string TextOf(Uri address) => $"{address.Host}:{address.Port}";
}
