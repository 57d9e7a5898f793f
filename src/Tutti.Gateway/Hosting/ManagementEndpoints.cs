using Tutti.Gateway.Caching.Invalidating;
using Tutti.Gateway.Hosting.Bundles;
using Tutti.Gateway.Locator;
using Tutti.Gateway.Proxy.Admin;
using Tutti.Gateway.Registry.Admin;
using Tutti.Gateway.Resilience.Admin;

namespace Tutti.Gateway.Hosting;

/// <summary>Everything on the management listener.</summary>
internal static class ManagementEndpoints
{
    public static IEndpointRouteBuilder MapManagement(this IEndpointRouteBuilder routes)
    {
        routes.MapRegistryAdmin();
        routes.MapLocatorStatus();
        routes.ServiceProvider.GetRequiredService<EnvironmentEndpoint>().Map(routes);
        routes.MapResilienceAdmin();
        routes.ServiceProvider.GetRequiredService<ServiceStateEndpoints>().Map(routes);
        routes.MapCacheAdmin();
        routes.MapAdminApiDocument();
        routes.MapInsides();
        return routes;
    }
}
