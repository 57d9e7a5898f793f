using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Tutti.Gateway.Hosting;

/// <summary>An address to listen on.</summary>
internal readonly record struct ListenUrl(string Host, int Port)
{
    /// <exception cref="FormatException">The text is no address to listen on.</exception>
    public static ListenUrl Parse(string text) => TryParse(text, out var url) ? url : throw new FormatException($"'{text}' is no address to listen on");

    public static bool TryParse(string text, out ListenUrl url)
    {
        url = default;
        var rest = text.Trim().TrimEnd('/');
        if (!rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var colon = rest.LastIndexOf(':');
        if (colon <= 7 || !int.TryParse(rest.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > 65_535)
        {
            return false;
        }

        url = new ListenUrl(rest[7..colon].Trim('[', ']'), port);
        return url.Host is "localhost" or "*" or "+" || IPAddress.TryParse(url.Host, out _);
    }

    public void Bind(KestrelServerOptions kestrel, Action<ListenOptions> configure)
    {
        switch (Host)
        {
            // Kestrel cannot choose one free port for both loopback addresses.
            case "localhost" when Port == 0:
                kestrel.Listen(IPAddress.Loopback, Port, configure);
                break;
            case "localhost":
                kestrel.ListenLocalhost(Port, configure);
                break;
            case "*" or "+":
                kestrel.ListenAnyIP(Port, configure);
                break;
            default:
                kestrel.Listen(IPAddress.Parse(Host), Port, configure);
                break;
        }
    }
}
