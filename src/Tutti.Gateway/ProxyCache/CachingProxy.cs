using Tutti.Gateway.Caching.Invalidating;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Verdicts;
using Tutti.Gateway.Proxy;
using Tutti.Gateway.ProxyCache.Answering;
using Tutti.Gateway.ProxyCache.Entries;
using Tutti.Gateway.ProxyCache.Fetching;
using Tutti.Gateway.ProxyCache.Invalidating;
using Tutti.Gateway.Registry.Services.Routing;

namespace Tutti.Gateway.ProxyCache;

/// <summary>Takes a request to its service by way of what is stored: look, judge, answer or fetch.</summary>
internal sealed class CachingProxy(ServiceProxy proxy, ProxyShelf shelf, StoredUse use, FetchLine line, Invalidator invalidator, AnswerWriter writer, TrustedCallers trusted)
{
    /// <summary>The way that a request takes; null if there is none.</summary>
    public RouteModel? Find(HttpContext context) => proxy.Find(context);

    public Task HandleAsync(HttpContext context, RouteModel route)
    {
        if (ServiceCache.Of(route.Service) is not { } cache)
        {
            return proxy.HandleAsync(context, route);
        }

        var method = context.Request.Method;
        if ((HttpMethods.IsGet(method) || HttpMethods.IsHead(method)) && !HasBody(context.Request))
        {
            return LookAsync(new CacheCall(context, route, cache, cache.HonoursRequests || trusted.IsOne(context)));
        }

        return InvalidationRules.IsSafe(method)
            ? proxy.HandleAsync(context, route)
            : proxy.HandleAsync(context, route, new UnsafeTap(context, route, cache, invalidator));
    }

    Task LookAsync(CacheCall call)
    {
        if (call.IsForOrigin)
        {
            return proxy.HandleAsync(call.Context, call.Route, new CallTap(call, "fwd=bypass; detail=precondition"));
        }

        var entry = shelf.Find(call.Key.Text);
        var decision = use.Judge(call, entry, out var stored);
        switch (decision)
        {
            case ReuseDecision.Fresh or ReuseDecision.StaleAccepted:
                return Sent(writer.WriteAsync(call, stored!));
            case ReuseDecision.StaleWhileRevalidate:
                line.Refresh(call, stored!);
                return Sent(writer.WriteAsync(call, stored!));
            case ReuseDecision.GatewayTimeout:
                AnswerWriter.WriteNotCached(call.Context.Response);
                return Task.CompletedTask;
            default:
                return line.FetchAsync(call, entry, stored, decision);
        }
    }

    static Task Sent(ValueTask written) => written.IsCompletedSuccessfully ? Task.CompletedTask : written.AsTask();

    /// <summary>The body of a GET means nothing (RFC 9110, 9.3.1), but a service may heed it: such a request is nobody else's.</summary>
    static bool HasBody(HttpRequest request) => request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0;
}
