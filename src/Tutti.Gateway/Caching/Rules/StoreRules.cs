using Tutti.Gateway.Caching.Rules.Directives;
using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Rules.Storing;
using Tutti.Gateway.Caching.Rules.Verdicts;

namespace Tutti.Gateway.Caching.Rules;

/// <summary>Judges whether a response is stored (RFC 9111, 3), and what later requests need to know of it.</summary>
internal static class StoreRules
{
    public static StoreVerdict Judge(in CacheExchange exchange, RuleSettings settings)
    {
        var directives = ResponseDirectives.Of(exchange.Response, settings.TargetedFields);
        var vary = VaryRules.Names(exchange.Response);
        if (RefusalOf(exchange, directives, settings) is { } refusal)
        {
            return new StoreVerdict(default, refusal);
        }

        if (vary.IsEverything)
        {
            return new StoreVerdict(default, NotStored.VariesByAll);
        }

        var policy = PolicyOf(exchange, directives, settings) with { Vary = vary.Names, Variant = VaryRules.Variant(vary.Names, exchange.Request) };
        return new StoreVerdict(policy, IsOfUse(policy) ? null : NotStored.OfNoUse);
    }

    /// <summary>Whether <c>Set-Cookie</c> may be stored.</summary>
    public static bool KeepsCookies(in ResponseDirectives directives, RuleSettings settings) => settings.SetCookies switch
    {
        SetCookieRule.Never => false,
        SetCookieRule.WhenShared => directives.IsShared,
        SetCookieRule.Always => true,
    };

    static NotStored? RefusalOf(in CacheExchange exchange, in ResponseDirectives directives, RuleSettings settings) =>
        Message(exchange)
        ?? Directives(exchange, directives, settings)
        ?? Users(exchange, directives, settings)
        ?? (settings.StoresAnyStatus || IsCacheable(exchange, directives) ? null : NotStored.NotCacheable);

    static NotStored? Message(in CacheExchange exchange) => exchange switch
    {
        { Method: not "GET" } => NotStored.Method,
        _ when !Statuses.IsWhole(exchange.Status) => NotStored.Status,
        { IsIncomplete: true } => NotStored.Incomplete,
        _ => null,
    };

    static NotStored? Directives(in CacheExchange exchange, in ResponseDirectives directives, RuleSettings settings)
    {
        if (settings.HonoursRequests && RequestDirectives.Of(exchange.Request).NoStore)
        {
            return NotStored.RequestNoStore;
        }

        // must-understand lifts no-store for those who know the status, and shuts out those who do not (5.2.2.3).
        if (directives.Has(ResponseMarks.MustUnderstand))
        {
            return Statuses.IsUnderstood(exchange.Status) ? PrivateOf(directives) : NotStored.Status;
        }

        return directives.Has(ResponseMarks.NoStore) ? NotStored.NoStore : PrivateOf(directives);
    }

    static NotStored? PrivateOf(in ResponseDirectives directives) => directives.Has(ResponseMarks.Private) ? NotStored.Private : null;

    static NotStored? Users(in CacheExchange exchange, in ResponseDirectives directives, RuleSettings settings)
    {
        if (!directives.AllowsAuthorized && HasCredentials(exchange.Request, settings))
        {
            return NotStored.Credentials;
        }

        return !KeepsCookies(directives, settings) && HasCookies(exchange.Response, directives) ? NotStored.SetCookie : null;
    }

    static bool HasCredentials(HeaderFields request, RuleSettings settings)
    {
        foreach (var name in settings.CredentialFields)
        {
            if (request.Has(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A cookie that the response keeps out of the cache itself does no harm.</summary>
    static bool HasCookies(HeaderFields response, in ResponseDirectives directives) =>
        (response.Has("Set-Cookie") && !directives.KeepsOut("Set-Cookie"))
        || (response.Has("Set-Cookie2") && !directives.KeepsOut("Set-Cookie2"));

    static bool IsCacheable(in CacheExchange exchange, in ResponseDirectives directives) =>
        directives.Has(ResponseMarks.Public) || Freshness.IsExplicit(exchange.Response, directives) || Statuses.IsHeuristicallyCacheable(exchange.Status);

    static StoredPolicy PolicyOf(in CacheExchange exchange, in ResponseDirectives directives, RuleSettings settings) => new()
    {
        Lifetime = Freshness.Lifetime(exchange, directives, settings),
        InitialAge = Freshness.InitialAge(exchange, settings),
        StaleWhileRevalidate = directives.ForbidsStale ? 0 : directives.StaleWhileRevalidate.Seconds,
        StaleIfError = directives.ForbidsStale ? 0 : directives.StaleIfError.Seconds,
        Status = (ushort)exchange.Status,
        Marks = MarksOf(directives),
        Date = Freshness.DateOf(exchange).ToUnixTimeSeconds(),
        LastModified = HttpDate.Parse(exchange.Response.First("Last-Modified"), exchange.ReceivedAt)?.ToUnixTimeSeconds() ?? StoredPolicy.NoDate,
        ETag = EntityTags.Parse(exchange.Response.First("ETag")),
    };

    static PolicyMarks MarksOf(in ResponseDirectives directives) =>
        (directives.Has(ResponseMarks.NoCache) ? PolicyMarks.AlwaysValidate : PolicyMarks.None)
        | (directives.ForbidsStale ? PolicyMarks.NeverStale : PolicyMarks.None)
        | (directives.Has(ResponseMarks.Immutable) ? PolicyMarks.Immutable : PolicyMarks.None);

    static bool IsOfUse(in StoredPolicy policy) =>
        policy.HasValidator
        || (!policy.Has(PolicyMarks.AlwaysValidate)
            && (policy.Lifetime > policy.InitialAge || policy.StaleWhileRevalidate > 0 || policy.StaleIfError > 0));
}
