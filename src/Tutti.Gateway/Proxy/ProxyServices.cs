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
            .AddSingleton<ProxySender>()
            .AddSingleton<ServiceProxy>();
    }
}
