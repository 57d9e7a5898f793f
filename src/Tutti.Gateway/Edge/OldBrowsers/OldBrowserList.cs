using System.Text.RegularExpressions;

namespace Tutti.Gateway.Edge.OldBrowsers;

/// <summary>Tells by <c>User-Agent</c> whether a request comes from a browser that cannot choose methods and headers.</summary>
internal sealed class OldBrowserList
{
    /// <summary>Longer ones are no browser's, and are not looked at beyond this.</summary>
    const int MostLooked = 1_024;

    /// <summary>
    /// Internet Explorer before 10, whose requests to other hosts take no headers; Netscape and all that call themselves Mozilla before 5;
    /// Opera before it took Chromium's engine; browsers of phones from before that.
    /// </summary>
    public static IReadOnlyList<string> Usual { get; } =
    [
        @"\bMSIE [1-9]\.", @"^Mozilla/[1-4]\.", @"\bNetscape[0-9]?/", @"^Opera/[1-9]\.", @"\bOpera [1-9]\.", @"\bNetFront/", @"^BlackBerry[0-9]+/", @"^(?:Lynx|Links|w3m|ELinks)\b",
    ];

    readonly Regex? _old;

    public OldBrowserList(OldBrowserOptions options)
    {
        var expressions = options.UserAgents.Length > 0 ? options.UserAgents : Usual;
        _old = options.Enabled
            ? new Regex(string.Join('|', expressions.Select(one => $"(?:{one})")), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)
            : null;
    }

    public bool Has(IHeaderDictionary headers) =>
        _old is not null
        && headers.UserAgent is [{ Length: > 0 } agent]
        && _old.IsMatch(agent.AsSpan(0, Math.Min(agent.Length, MostLooked)));
}
