using Tutti.Gateway.Caching.Rules.Directives;
using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Caching.Rules;

/// <summary>A request that may be answered from the cache, read once for all stored responses.</summary>
internal readonly record struct CacheRequest(string Method, HeaderFields Fields, RequestDirectives Directives)
{
    /// <summary>Whether a stored response, which is one to GET, can answer this method.</summary>
    public bool CanBeAnswered => Method is "GET" or "HEAD";

    public static CacheRequest Of(string method, HeaderFields fields, RuleSettings settings) =>
        new(method, fields, settings.HonoursRequests ? RequestDirectives.Of(fields) : default);
}
