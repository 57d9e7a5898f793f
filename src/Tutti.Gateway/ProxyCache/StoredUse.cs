using Tutti.Gateway.Caching.Marks;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Verdicts;
using Tutti.Gateway.ProxyCache.Entries;
using Tutti.Gateway.ProxyCache.Invalidating;

namespace Tutti.Gateway.ProxyCache;

/// <summary>Judges what is stored for a request: by the rules of HTTP, and by what invalidations left of it.</summary>
internal sealed class StoredUse(AnswerValidity validity, TimeProvider clock)
{
    /// <param name="stored">The stored answer to the request; null where there is none.</param>
    public ReuseDecision Judge(CacheCall call, ProxyEntry? entry, out StoredAnswer? stored)
    {
        stored = null;
        var request = call.Request(entry is { HasVary: true });
        if (entry is null || Choose(entry, request) is not { } chosen)
        {
            return ReuseRules.JudgeMiss(request);
        }

        var left = validity.Of(chosen, call.Key.Target, call.Cache);
        if (left == Validity.Gone)
        {
            return ReuseRules.JudgeMiss(request);
        }

        stored = chosen;
        var decision = ReuseRules.Judge(chosen.Policy, request, clock.GetElapsedTime(chosen.StoredAt));
        return left == Validity.Valid ? decision : Softened(chosen, request, decision);
    }

    /// <summary>Whether the stored answer may stand in for a failure of the service.</summary>
    public bool MayStandIn(CacheCall call, StoredAnswer stored, ReuseDecision decision)
    {
        if (decision == ReuseDecision.ValidateOrStale)
        {
            return true;
        }

        var policy = stored.Policy;
        return decision == ReuseDecision.Validate && !policy.Has(PolicyMarks.NeverStale | PolicyMarks.AlwaysValidate)
            && -policy.TimeToLive(clock.GetElapsedTime(stored.StoredAt)) < call.Cache.Grace;
    }

    static StoredAnswer? Choose(ProxyEntry entry, in CacheRequest request) =>
        ReuseRules.Choose(entry.Policies, request) is >= 0 and var chosen ? entry.Answers[chosen] : null;

    /// <summary>A soft invalidation makes stale what is fresh, and what must not be served stale is validated.</summary>
    static ReuseDecision Softened(StoredAnswer stored, in CacheRequest request, ReuseDecision decision) =>
        decision is not (ReuseDecision.Fresh or ReuseDecision.StaleAccepted) ? decision
        : request.Directives.OnlyIfCached ? ReuseDecision.GatewayTimeout
        : stored.Policy.Has(PolicyMarks.NeverStale) ? ReuseDecision.Validate
        : ReuseDecision.StaleWhileRevalidate;
}
