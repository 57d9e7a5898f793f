using Tutti.Gateway.Caching.Rules.Directives;
using Tutti.Gateway.Caching.Rules.Verdicts;

namespace Tutti.Gateway.Caching.Rules;

/// <summary>Judges what a stored response is good for (RFC 9111, 4), without allocating.</summary>
internal static class ReuseRules
{
    /// <summary>For a request to which nothing is stored.</summary>
    public static ReuseDecision JudgeMiss(in CacheRequest request) =>
        request.Directives.OnlyIfCached ? ReuseDecision.GatewayTimeout : ReuseDecision.NoMatch;

    /// <summary>The matching response that was made last (RFC 9111, 4 and 4.1); -1 where none matches.</summary>
    public static int Choose(ReadOnlySpan<StoredPolicy> stored, in CacheRequest request)
    {
        var chosen = -1;
        for (var i = 0; i < stored.Length; i++)
        {
            if (Matches(stored[i], request) && (chosen < 0 || stored[i].Date > stored[chosen].Date))
            {
                chosen = i;
            }
        }

        return chosen;
    }

    /// <param name="stored">What was kept of the stored response.</param>
    /// <param name="request">The request to answer; its URI is that of the stored response.</param>
    /// <param name="resident">How long the response has been stored.</param>
    public static ReuseDecision Judge(in StoredPolicy stored, in CacheRequest request, TimeSpan resident)
    {
        if (!Matches(stored, request))
        {
            return JudgeMiss(request);
        }

        var decision = ByAge(stored, request.Directives, stored.AgeAt(resident));
        return decision is ReuseDecision.Validate or ReuseDecision.ValidateOrStale && request.Directives.OnlyIfCached
            ? ReuseDecision.GatewayTimeout
            : decision;
    }

    static bool Matches(in StoredPolicy stored, in CacheRequest request) => request.CanBeAnswered && VaryRules.Matches(stored, request.Fields);

    static ReuseDecision ByAge(in StoredPolicy stored, in RequestDirectives wishes, uint age)
    {
        if (stored.Has(PolicyMarks.AlwaysValidate) || wishes.NoCache)
        {
            return ReuseDecision.Validate;
        }

        var isFresh = stored.Lifetime > age;
        if (isFresh && IsFreshEnough(stored, wishes, age))
        {
            return ReuseDecision.Fresh;
        }

        if (!isFresh && stored.Has(PolicyMarks.NeverStale))
        {
            return ReuseDecision.Validate;
        }

        return isFresh ? OnError(stored, wishes, age) : Stale(stored, wishes, age);
    }

    static bool IsFreshEnough(in StoredPolicy stored, in RequestDirectives wishes, uint age) =>
        (IsYoungEnough(wishes, age) || stored.Has(PolicyMarks.Immutable))
        && (!wishes.MinFresh.IsPresent || (wishes.MinFresh.IsValid && stored.Lifetime - age >= wishes.MinFresh.Seconds));

    static bool IsYoungEnough(in RequestDirectives wishes, uint age) =>
        !wishes.MaxAge.IsPresent || (wishes.MaxAge.IsValid && age <= wishes.MaxAge.Seconds);

    static ReuseDecision Stale(in StoredPolicy stored, in RequestDirectives wishes, uint age)
    {
        var staleness = age - stored.Lifetime;
        if (wishes.MaxStale.IsValid && staleness <= wishes.MaxStale.Seconds && IsYoungEnough(wishes, age) && !wishes.MinFresh.IsPresent)
        {
            return ReuseDecision.StaleAccepted;
        }

        // A client that limits the age, and says nothing of staleness, wants nothing stale (5.2.1.1).
        return staleness < stored.StaleWhileRevalidate && !wishes.MaxAge.IsPresent && !wishes.MinFresh.IsPresent
            ? ReuseDecision.StaleWhileRevalidate
            : OnError(stored, wishes, age);
    }

    static ReuseDecision OnError(in StoredPolicy stored, in RequestDirectives wishes, uint age)
    {
        var window = Math.Max(stored.StaleIfError, stored.Has(PolicyMarks.NeverStale) ? 0 : wishes.StaleIfError.Seconds);
        return window > 0 && age < (long)stored.Lifetime + window ? ReuseDecision.ValidateOrStale : ReuseDecision.Validate;
    }
}
