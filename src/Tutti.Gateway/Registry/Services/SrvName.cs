using System.Text.RegularExpressions;

namespace Tutti.Gateway.Registry.Services;

/// <summary>The name of SRV records (RFC 2782), and the scheme that their targets speak.</summary>
internal sealed partial record SrvName(string Scheme, string Name)
{
    /// <summary>Null if the text is none: <c>_http._tcp.customers.internal</c>, which may begin with a scheme and <c>://</c>.</summary>
    public static SrvName? Parse(string text, string protocol)
    {
        var parts = text.Split("://", 2);
        var (scheme, name) = parts is [var written, var rest] ? (written.ToLowerInvariant(), rest) : (protocol, text);
        return ServiceProtocols.Fits(scheme, protocol) && name.Length <= 253 && Pattern().IsMatch(name) ? new SrvName(scheme, name) : null;
    }

    [GeneratedRegex(@"^(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?\.?$")]
    private static partial Regex Pattern();
}
