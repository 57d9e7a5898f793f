namespace Tutti.Gateway.Registry.Services;

/// <summary>What services speak.</summary>
internal static class ServiceProtocols
{
    public const string Http = "http";
    public const string Tcp = "tcp";
    public const string Udp = "udp";

    public static IReadOnlyList<string> All { get; } = [Http, Tcp, Udp];

    public static bool IsOne(string protocol) => All.Contains(protocol);

    /// <summary>Whether an address with that scheme can be one of a service that speaks the protocol.</summary>
    public static bool Fits(string scheme, string protocol) => scheme == protocol || (protocol == Http && scheme == Uri.UriSchemeHttps);
}
