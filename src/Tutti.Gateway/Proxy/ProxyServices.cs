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
}
