using System.Globalization;
using System.Text.RegularExpressions;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Rules.Verdicts;

namespace Tutti.Gateway.Tests.Caching.Rules;

/// <summary>Messages as they are written in the cases: lines with bars between them, and dates as seconds from now, such as {-60}.</summary>
internal static partial class Wire
{
    public static DateTimeOffset Now { get; } = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public static string Date(long seconds) => Now.AddSeconds(seconds).ToString("R", CultureInfo.InvariantCulture);

    public static HeaderFields Fields(string text) =>
        new([.. Relative().Replace(text, match => Date(long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)))
            .Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(':', 2))
            .Select(line => new HeaderField(line[0].Trim(), line[1].TrimStart(' ').TrimEnd(' ')))]);

    public static CacheExchange Exchange(string response, string request = "", int status = 200, string method = "GET", double delay = 0) => new()
    {
        Method = method,
        Request = Fields(request),
        Status = status,
        Response = Fields(response),
        SentAt = Now.AddSeconds(-delay),
        ReceivedAt = Now,
    };

    public static StoreVerdict Judge(string response, string request = "", int status = 200, string method = "GET", RuleSettings? settings = null) =>
        StoreRules.Judge(Exchange(response, request, status, method), settings ?? RuleSettings.Parts);

    /// <summary>The policy of a response that is stored.</summary>
    public static StoredPolicy Stored(string response, string request = "", int status = 200, RuleSettings? settings = null)
    {
        var verdict = Judge(response, request, status, settings: settings);
        verdict.Refusal.ShouldBeNull();
        return verdict.Policy;
    }

    public static CacheRequest Request(string fields = "", string method = "GET", RuleSettings? settings = null) =>
        CacheRequest.Of(method, Fields(fields), settings ?? RuleSettings.Parts);

    public static ReuseDecision Reuse(string response, double resident, string request = "", RuleSettings? settings = null) =>
        ReuseRules.Judge(Stored(response, request: "", settings: settings), Request(request, settings: settings), TimeSpan.FromSeconds(resident));

    /// <summary>A header as the cases write it.</summary>
    public static string Text(HeaderFields fields) => string.Join(" | ", fields.Lines.ToArray().Select(line => $"{line.Name}: {line.Value}"));

    [GeneratedRegex(@"\{([-+]?\d+)\}")]
    private static partial Regex Relative();
}
