using Tutti.Gateway.Edge;
using Tutti.Gateway.ProxyCache.Answering;
using Tutti.Gateway.ProxyCache.Entries;
using Tutti.Gateway.ProxyCache.Fetching;
using Tutti.Gateway.ProxyCache.Invalidating;

namespace Tutti.Gateway.ProxyCache;

/// <summary>Registers the cache of the proxy.</summary>
internal static class ProxyCacheServices
{
    public static IServiceCollection AddProxyCache(this IServiceCollection services) => services
        .AddSingleton<ProxyShelf>()
        .AddSingleton<SharedFetches>()
        .AddSingleton<FetchEnds>()
        .AddSingleton<AnswerValidity>()
        .AddSingleton<AnswerWriter>()
        .AddSingleton<StoredUse>()
        .AddSingleton<FetchLine>()
        .AddSingleton<TrustedCallers>()
        .AddSingleton<PurgeDoor>()
        .AddSingleton<CachingProxy>();

    /// <summary>Takes <c>PURGE</c> and <c>BAN</c> before any other door.</summary>
    /// <param name="isTraffic">Whether a request came in where clients connect.</param>
    public static void UsePurge(this IApplicationBuilder app, Func<HttpContext, bool> isTraffic)
    {
        var door = app.ApplicationServices.GetRequiredService<PurgeDoor>();
        var trusted = app.ApplicationServices.GetRequiredService<TrustedCallers>();
        app.Use(next => context => !PurgeDoor.Takes(context.Request.Method) ? next(context)
            : !isTraffic(context) || trusted.IsOne(context) ? door.HandleAsync(context)
            : PurgeDoor.RefuseAsync(context));
    }

    /// <summary>Proxies, by way of the cache, what no door of the gateway answers.</summary>
    /// <param name="isTraffic">Whether a request came in where clients connect.</param>
    public static void UseProxy(this IApplicationBuilder app, Func<HttpContext, bool> isTraffic)
    {
        var proxy = app.ApplicationServices.GetRequiredService<CachingProxy>();
        var requests = app.ApplicationServices.GetRequiredService<CleanRequests>();
        app.Use(next => context => context.GetEndpoint() is null && isTraffic(context) && proxy.Find(context) is { } route
            ? requests.HandleAsync(context, route, proxy.HandleAsync)
            : next(context));
    }
}
