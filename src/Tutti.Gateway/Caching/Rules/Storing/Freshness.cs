using Tutti.Gateway.Caching.Rules.Directives;
using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Caching.Rules.Storing;

/// <summary>Computes lifetimes and ages (RFC 9111, 4.2), in seconds.</summary>
internal static class Freshness
{
    /// <summary>Whether the response says itself how long it is fresh, rightly or wrongly.</summary>
    public static bool IsExplicit(HeaderFields response, in ResponseDirectives directives) =>
        directives.SharedMaxAge.IsPresent || directives.MaxAge.IsPresent || (!directives.Has(ResponseMarks.Targeted) && response.Has("Expires"));

    /// <summary>How long the response is fresh (4.2.1). What cannot be read, and what is said twice in two ways, is stale.</summary>
    public static uint Lifetime(in CacheExchange exchange, in ResponseDirectives directives, RuleSettings settings)
    {
        if (directives.SharedMaxAge.IsPresent)
        {
            return directives.SharedMaxAge.Seconds;
        }

        if (directives.MaxAge.IsPresent)
        {
            return directives.MaxAge.Seconds;
        }

        return IsExplicit(exchange.Response, directives) ? UntilExpires(exchange) : Guessed(exchange, directives, settings);
    }

    /// <summary>The corrected initial age (4.2.3).</summary>
    public static uint InitialAge(in CacheExchange exchange, RuleSettings settings)
    {
        var apparent = settings.AgesByDate ? exchange.ReceivedAt - DateOf(exchange) : TimeSpan.Zero;
        var corrected = TimeSpan.FromSeconds(AgeOf(exchange.Response)) + Positive(exchange.ReceivedAt - exchange.SentAt);
        return Seconds(apparent > corrected ? apparent : corrected);
    }

    /// <summary>When the response was made; where it does not say so, when it came (RFC 9110, 6.6.1).</summary>
    public static DateTimeOffset DateOf(in CacheExchange exchange) =>
        HttpDate.Parse(exchange.Response.First("Date"), exchange.ReceivedAt) ?? exchange.ReceivedAt;

    /// <summary>The first member counts, and one that is no number counts for nothing (5.1).</summary>
    static uint AgeOf(HeaderFields response)
    {
        foreach (var member in new CommaList(response.First("Age")))
        {
            return DeltaSeconds.Parse(member).Seconds;
        }

        return 0;
    }

    static uint UntilExpires(in CacheExchange exchange)
    {
        var first = exchange.Response.First("Expires");
        foreach (var other in exchange.Response.Values("Expires"))
        {
            if (!other.Equals(first, StringComparison.Ordinal))
            {
                return 0;
            }
        }

        return HttpDate.Parse(first, exchange.ReceivedAt) is { } expires ? Seconds(expires - DateOf(exchange)) : 0;
    }

    /// <summary>A share of the time since the last change (4.2.2), for statuses that allow it and for what is marked as public.</summary>
    static uint Guessed(in CacheExchange exchange, in ResponseDirectives directives, RuleSettings settings)
    {
        var allowed = settings.StoresAnyStatus || Statuses.IsHeuristicallyCacheable(exchange.Status) || directives.Has(ResponseMarks.Public);
        if (settings.Unstated is { } unstated && allowed)
        {
            return HasValidator(exchange) ? 0 : unstated + InitialAge(exchange, settings);
        }

        if (settings.HeuristicPercent == 0 || !allowed || HttpDate.Parse(exchange.Response.First("Last-Modified"), exchange.ReceivedAt) is not { } modified)
        {
            return 0;
        }

        var share = (ulong)Seconds(DateOf(exchange) - modified) * settings.HeuristicPercent / 100;
        return (uint)Math.Min(share, settings.LongestHeuristic);
    }

    static bool HasValidator(in CacheExchange exchange) =>
        EntityTags.Parse(exchange.Response.First("ETag")) is not null || HttpDate.Parse(exchange.Response.First("Last-Modified"), exchange.ReceivedAt) is not null;

    static TimeSpan Positive(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;

    static uint Seconds(TimeSpan time) => (uint)Math.Clamp((long)time.TotalSeconds, 0, DeltaSeconds.Max);
}
