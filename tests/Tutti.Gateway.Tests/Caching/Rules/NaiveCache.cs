using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Tutti.Gateway.Tests.Caching.Rules;

/// <summary>
/// A slow cache that follows the text of the RFCs sentence by sentence and shares no code with the gateway.
/// It answers for one exchange that took no time, without Vary, with the settings of parts.
/// </summary>
internal sealed class NaiveCache(int status, (string Name, string Value)[] request, (string Name, string Value)[] response, DateTime now)
{
    static readonly BigInteger Largest = BigInteger.Pow(2, 31);

    List<NaiveDirective>? _directives;

    List<NaiveDirective>? Targeted =>
        NaiveDirective.OfTargeted(Values(response, "Tutti-Cache-Control")) ?? NaiveDirective.OfTargeted(Values(response, "CDN-Cache-Control"));

    bool IsTargeted => Targeted is not null;

    List<NaiveDirective> Directives => _directives ??= Targeted ?? NaiveDirective.OfCacheControl(Values(response, "Cache-Control"));

    List<NaiveDirective> Wishes => NaiveDirective.OfCacheControl(Values(request, "Cache-Control"));

    /// <summary>Section 3, then whether the response could ever be used.</summary>
    public bool IsStored => IsAllowed() && (HasValidator || (!HasUnlimited("no-cache") && (Lifetime > InitialAge || HasWindow)));

    /// <summary>4.2.1.</summary>
    public BigInteger Lifetime
    {
        get
        {
            if (Has("s-maxage"))
            {
                return Number(Directives, "s-maxage") ?? 0;
            }

            if (Has("max-age"))
            {
                return Number(Directives, "max-age") ?? 0;
            }

            var expires = Values(response, "Expires").Distinct().ToArray();
            if (IsTargeted || expires.Length != 1 || Date(expires[0]) is not { } date)
            {
                return 0;
            }

            return BigInteger.Min(Largest, BigInteger.Max(0, (BigInteger)(date - Made).TotalSeconds));
        }
    }

    /// <summary>4.2.3.</summary>
    public BigInteger InitialAge
    {
        get
        {
            var apparent = BigInteger.Max(0, (BigInteger)(now - Made).TotalSeconds);
            var members = Values(response, "Age").Take(1).SelectMany(Members);
            return BigInteger.Min(Largest, BigInteger.Max(apparent, Seconds(members.FirstOrDefault()) ?? 0));
        }
    }

    bool HasWindow => Window("stale-while-revalidate") > 0 || Window("stale-if-error") > 0;

    bool HasValidator =>
        Date(Values(response, "Last-Modified").FirstOrDefault()) is not null
        || Regex.IsMatch(Values(response, "ETag").FirstOrDefault() ?? "", "^[ \t]*(W/)?\"[!#-~\x80-\uffff]*\"[ \t]*$");

    DateTime Made => Date(Values(response, "Date").FirstOrDefault()) ?? now;

    bool ForbidsStale => Has("must-revalidate") || Has("proxy-revalidate") || Has("s-maxage") || HasUnlimited("no-cache");

    /// <summary>Section 4, with the wishes of 5.2.1 and the windows of RFC 5861.</summary>
    public string Decide(long resident)
    {
        var (age, wishes) = (BigInteger.Min(Largest, InitialAge + resident), Wishes);
        var isForced = HasUnlimited("no-cache") || wishes.Exists(one => one.Is("no-cache")) || (!Values(request, "Cache-Control").Any() && HasPragma());
        var answer = isForced ? "Validate" : ByAge(age, wishes);
        return answer.StartsWith('V') && wishes.Exists(one => one.Is("only-if-cached")) ? "GatewayTimeout" : answer;
    }

    string ByAge(BigInteger age, List<NaiveDirective> wishes)
    {
        var fresh = Lifetime > age;
        var young = !wishes.Exists(one => one.Is("max-age")) || Number(wishes, "max-age") >= age;
        var lasts = !wishes.Exists(one => one.Is("min-fresh")) || Number(wishes, "min-fresh") <= Lifetime - age;
        if (fresh && (young || Has("immutable")) && lasts)
        {
            return "Fresh";
        }

        if (!fresh && ForbidsStale)
        {
            return "Validate";
        }

        var limits = wishes.Exists(one => one.Is("max-age") || one.Is("min-fresh"));
        var (staleness, accepts) = (age - Lifetime, wishes.Exists(one => one.Is("max-stale")));
        var bound = wishes.Where(one => one.Is("max-stale")).All(one => one.Form == "none") ? Largest : Number(wishes, "max-stale");
        if (!fresh && accepts && staleness <= bound && young && !wishes.Exists(one => one.Is("min-fresh")))
        {
            return "StaleAccepted";
        }

        if (!fresh && !limits && staleness < Window("stale-while-revalidate"))
        {
            return "StaleWhileRevalidate";
        }

        var asked = ForbidsStale ? 0 : Number(wishes, "stale-if-error") ?? 0;
        var window = BigInteger.Max(Window("stale-if-error"), asked);
        return window > 0 && staleness < window ? "ValidateOrStale" : "Validate";
    }

    bool IsAllowed()
    {
        int[] oneRequest = [206, 226, 304, 407, 412, 416];
        int[] heuristic = [200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501];
        int[] unknown = [299, 499, 599];
        var isFinal = status >= 200 && !oneRequest.Contains(status);
        var understands = Has("must-understand") ? !unknown.Contains(status) : !Has("no-store");
        var isOwn = HasUnlimited("private") || Wishes.Exists(one => one.Is("no-store"));
        var isForAll = Has("public") || Has("s-maxage") || Has("must-revalidate");
        var hasCookie = Values(response, "Set-Cookie").Any() && !KeptOut.Contains("set-cookie");
        var isTold = Has("public") || Has("max-age") || Has("s-maxage") || heuristic.Contains(status) || (!IsTargeted && Values(response, "Expires").Any());
        return isFinal && understands && !isOwn && (isForAll || !Values(request, "Authorization").Any()) && !hasCookie && isTold;
    }

    public HashSet<string> KeptOut =>
        [.. Directives.Where(one => (one.Is("private") || one.Is("no-cache")) && one.IsLimited).SelectMany(one => one.Names).Select(name => name.ToLowerInvariant())];

    bool HasPragma() => Values(request, "Pragma").SelectMany(Members).Any(member => member.Equals("no-cache", StringComparison.OrdinalIgnoreCase));

    static IEnumerable<string> Members(string value) => value.Split(',').Select(member => member.Trim(' ', '\t')).Where(member => member.Length > 0);

    bool Has(string name) => Directives.Exists(one => one.Is(name));

    bool HasUnlimited(string name) => Directives.Exists(one => one.Is(name) && !one.IsLimited);

    BigInteger Window(string name) => ForbidsStale ? 0 : Number(Directives, name) ?? 0;

    /// <summary>The number of a directive; null where it has none, or where it is said in two ways.</summary>
    static BigInteger? Number(List<NaiveDirective> directives, string name)
    {
        var all = directives.Where(one => one.Is(name))
            .Select(one => one.Form is "token" or "quoted" ? Seconds(one.Argument) : name == "max-stale" && one.Form == "none" ? Largest : null).Distinct().ToArray();
        return all.Length == 1 ? all[0] : null;
    }

    static BigInteger? Seconds(string? text) =>
        text is { Length: > 0 } && text.All(char.IsAsciiDigit) ? BigInteger.Min(Largest, BigInteger.Parse(text, CultureInfo.InvariantCulture)) : null;

    static IEnumerable<string> Values((string Name, string Value)[] message, string name) =>
        message.Where(line => line.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(line => line.Value);

    static DateTime? Date(string? text)
    {
        string[] months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        var match = Regex.Match(text ?? "", @"^(mon|tue|wed|thu|fri|sat|sun), (\d\d) ([a-z]{3}) (\d{4}) (\d\d):(\d\d):(\d\d) gmt$", RegexOptions.IgnoreCase);
        if (!match.Success || Array.IndexOf(months, match.Groups[3].Value.ToLowerInvariant()) is var month && month < 0)
        {
            return null;
        }

        int Part(int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
        return new DateTime(Part(4), Array.IndexOf(months, match.Groups[3].Value.ToLowerInvariant()) + 1, Part(2), Part(5), Part(6), Part(7), DateTimeKind.Utc);
    }
}
