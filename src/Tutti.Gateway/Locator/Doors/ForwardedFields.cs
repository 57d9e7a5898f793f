using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;

namespace Tutti.Gateway.Locator.Doors;

/// <summary>Reads what the nearest proxy wrote: the last element of each field, since those before it may be anybody's.</summary>
internal static partial class ForwardedFields
{
    const string XForwardedHost = "X-Forwarded-Host";
    const string XForwardedProto = "X-Forwarded-Proto";
    const string XForwardedFor = "X-Forwarded-For";

    public static TrustedForwarding Read(IPAddress peer, IHeaderDictionary headers)
    {
        var forwarded = headers["Forwarded"];
        var last = Last(forwarded);
        return new TrustedForwarding(
            peer,
            Whole(headers[XForwardedFor]),
            Legal(Last(headers[XForwardedProto]) ?? Pair(last, "proto"), Scheme()),
            Legal(Last(headers[XForwardedHost]) ?? Pair(last, "host"), Host()),
            Whole(forwarded));
    }

    static string? Whole(StringValues values) => values.Count == 0 ? null : string.Join(", ", values.Where(value => !string.IsNullOrEmpty(value)));

    static string? Last(StringValues values) => values.Count == 0 ? null : values[^1]?.Split(',')[^1].Trim();

    static string? Pair(string? element, string name) => element?.Split(';')
        .Select(pair => pair.Split('=', 2, StringSplitOptions.TrimEntries))
        .FirstOrDefault(pair => pair.Length == 2 && pair[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1].Trim('"');

    static string? Legal(string? text, Regex legal) => text is not null && legal.IsMatch(text) ? text.ToLowerInvariant() : null;

    [GeneratedRegex("^https?$", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?$")]
    private static partial Regex Host();
}
