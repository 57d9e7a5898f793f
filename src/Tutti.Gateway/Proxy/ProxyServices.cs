using Tutti.Gateway.Edge;
using Tutti.Gateway.Proxy.Admin;
using Tutti.Gateway.Proxy.Counting;
using Yarp.ReverseProxy.Forwarder;

namespace Tutti.Gateway.Proxy;

/// <summary>Registers the proxy.</summary>
internal static class ProxyServices
{
    public static IServiceCollection AddProxy(this IServiceCollection services)
    {
        services.AddHttpForwarder();
        return services
            .AddSingleton<ProxyStates>()
            .AddSingleton<ProxyCounter>()
            .AddSingleton<ProxySender>()
            .AddSingleton<ServiceProxy>()
            .AddSingleton<ServiceStateEndpoints>()
            .ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ProxyJson.Default));
    }

    /// <summary>Proxies what no door of the gateway answers.</summary>
    /// <param name="isTraffic">Whether a request came in where clients connect.</param>
    public static void UseProxy(this IApplicationBuilder app, Func<HttpContext, bool> isTraffic)
    {
        var proxy = app.ApplicationServices.GetRequiredService<ServiceProxy>();
        var requests = app.ApplicationServices.GetRequiredService<CleanRequests>();
        app.Use(next => context => context.GetEndpoint() is null && isTraffic(context) && proxy.Find(context) is { } route
            ? requests.HandleAsync(context, route, proxy.HandleAsync)
            : next(context));
    }
}
