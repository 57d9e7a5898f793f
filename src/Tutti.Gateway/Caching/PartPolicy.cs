using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Rules.Verdicts;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Caching;

/// <summary>
/// What Octoparts' documentation adds to the rules of HTTP: the part's own time to live. Without one an answer is kept for 30 days; with
/// one it bounds what the backend allows; and an answer with a validator is kept that long, begun again by each 304, and validated once
/// the backend's time is over.
/// </summary>
internal static class PartPolicy
{
    /// <summary>How long an answer is kept where nobody says, in seconds.</summary>
    public const uint Longest = 30 * 24 * 60 * 60;

    /// <summary>
    /// The rules by which the answers of a part are judged. Whom an answer is for is part of its key, so credentials need no rule. The age of
    /// an answer does not depend on what the clocks of backend and node show.
    /// </summary>
    public static RuleSettings RulesOf(PartModel part) => RuleSettings.Parts with
    {
        Unstated = TimeToLive(part),
        StoresAnyStatus = part.Config.Cache.StoreErrors,
        CredentialFields = [],
        AgesByDate = false,
        HonoursRequests = false,

        // A part asks about one stored answer at a time, so a 304 without a validator can mean no other.
        TrustsBareNotModified = true,
    };

    /// <summary>Judges whether an answer is stored, and for how long.</summary>
    public static PartVerdict Judge(PartModel part, CachedPart cached, in CacheExchange exchange)
    {
        if (exchange.Status >= 500)
        {
            return new PartVerdict(default, NotStored.Status, 0);
        }

        // That the method is stored was decided with the part's settings; the rules know GET alone.
        return Judge(part, StoreRules.Judge(exchange with { Method = "GET" }, cached.Rules));
    }

    /// <summary>Adds the part's own bounds to a verdict of the rules.</summary>
    public static PartVerdict Judge(PartModel part, StoreVerdict verdict)
    {
        if (verdict.Refusal is null && VariesByCall(verdict.Policy.Vary))
        {
            return new PartVerdict(default, NotStored.VariesByAll, 0);
        }

        var policy = verdict.Policy;
        var most = TimeToLive(part);
        var kept = policy.HasValidator ? most : (uint)Math.Clamp(UsableFor(policy), 0, most);

        // A lifetime counts from the making of the answer, the part's own time from its coming.
        return new PartVerdict(policy with { Lifetime = Math.Min(policy.Lifetime, policy.InitialAge + most) }, verdict.Refusal, kept);
    }

    /// <summary>How long the backend allows its use from now on, fresh or stale.</summary>
    static long UsableFor(in StoredPolicy policy) =>
        policy.TimeToLive(TimeSpan.Zero) + Math.Max(policy.StaleWhileRevalidate, policy.StaleIfError);

    static uint TimeToLive(PartModel part) => part.Config.CacheTtl is { } milliseconds ? (uint)Math.Min(milliseconds / 1_000, Longest) : Longest;

    /// <summary>All that a part sends is in the key, but for the ids and the trace of the call: no later call has the same.</summary>
    static bool VariesByCall(string? vary)
    {
        foreach (var name in new CommaList(vary))
        {
            var text = name.ToString();
            if (CallIds.IsOne(text) || TraceContext.IsHeader(text))
            {
                return true;
            }
        }

        return false;
    }
}
