using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Directives;
using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.ProxyCache.Keys;
using Tutti.Gateway.Registry.Services.Routing;

namespace Tutti.Gateway.ProxyCache;

/// <summary>One GET or HEAD on its way through the cache.</summary>
internal sealed class CacheCall
{
    readonly bool _honours;
    HeaderFields? _fields;

    /// <param name="honours">Whether what the client says of caching counts in full.</param>
    public CacheCall(HttpContext context, RouteModel route, ServiceCache cache, bool honours)
    {
        Context = context;
        Route = route;
        Cache = cache;
        Key = RequestKey.Of(context, cache);
        Rules = honours == cache.Rules.HonoursRequests ? cache.Rules : cache.Rules with { HonoursRequests = honours };
        _honours = honours;
    }

    public HttpContext Context { get; }

    public RouteModel Route { get; }

    public ServiceCache Cache { get; }

    public RequestKey Key { get; }

    public RuleSettings Rules { get; }

    public bool IsHead => HttpMethods.IsHead(Context.Request.Method);

    /// <summary>Whether the client wants something else than the whole answer, whatever it is.</summary>
    public bool HasConditions => Context.Request.Headers is var headers
        && (headers.IfNoneMatch.Count > 0 || headers.IfModifiedSince.Count > 0 || headers.IfRange.Count > 0 || headers.Range.Count > 0 || IsForOrigin);

    public bool HasRange => Context.Request.Headers.Range.Count > 0;

    /// <summary>Whether the conditions are for the origin alone (RFC 9111, 4.3.2).</summary>
    public bool IsForOrigin => Context.Request.Headers.IfMatch.Count > 0 || Context.Request.Headers.IfUnmodifiedSince.Count > 0;

    /// <summary>What the client sent.</summary>
    public HeaderFields Fields => _fields ??= ReadFields();

    /// <summary>The request as the rules read it.</summary>
    /// <param name="needsFields">Whether more of it counts than the usual few.</param>
    public CacheRequest Request(bool needsFields)
    {
        var method = IsHead ? "HEAD" : "GET";
        var headers = Context.Request.Headers;
        if (headers.CacheControl.Count == 0 && (headers.Pragma.Count == 0 || !_honours))
        {
            return new CacheRequest(method, needsFields ? Fields : HeaderFields.None, default);
        }

        var directives = RequestDirectives.Of(Fields);
        return new CacheRequest(method, Fields, _honours ? directives : directives.Filtered());
    }

    HeaderFields ReadFields()
    {
        var headers = Context.Request.Headers;
        var lines = new List<HeaderField>(headers.Count);
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                lines.Add(new HeaderField(name, value ?? ""));
            }
        }

        return new HeaderFields([.. lines]);
    }
}
