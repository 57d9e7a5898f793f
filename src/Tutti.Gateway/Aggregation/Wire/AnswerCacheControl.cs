using System.Globalization;
using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Aggregation.Wire;

/// <summary>Tells in Octoparts' words how an answer may be cached.</summary>
internal static class AnswerCacheControl
{
    public static CacheControl Of(CacheHeaders headers, TimeProvider clock)
    {
        if (headers is { CacheControl: null, ETag: null, LastModified: null })
        {
            return CacheControl.None;
        }

        var control = new CacheControl(false, false, null, headers.ETag, headers.LastModified);
        foreach (var directive in (headers.CacheControl ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            if (directive.Equals("no-store", StringComparison.OrdinalIgnoreCase))
            {
                control = control with { NoStore = true };
            }
            else if (directive.Equals("no-cache", StringComparison.OrdinalIgnoreCase))
            {
                control = control with { NoCache = true };
            }
            else if (directive.StartsWith("max-age=", StringComparison.OrdinalIgnoreCase)
                && Seconds(directive.AsSpan(8).Trim('"')) is { } seconds)
            {
                control = control with { ExpiresAt = clock.GetUtcNow().AddSeconds(seconds).ToUnixTimeMilliseconds() };
            }
        }

        return control;
    }

    /// <summary>More than fits is as good as the most that does (RFC 9111, 1.2.2).</summary>
    static int? Seconds(ReadOnlySpan<char> digits) =>
        digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9') ? null
        : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds
        : int.MaxValue;
}
