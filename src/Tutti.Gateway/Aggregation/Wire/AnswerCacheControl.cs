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
                && int.TryParse(directive.AsSpan(8).Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                control = control with { ExpiresAt = clock.GetUtcNow().AddSeconds(seconds).ToUnixTimeMilliseconds() };
            }
        }

        return control;
    }
}
