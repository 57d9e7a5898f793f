using Tutti.Gateway.Registry.Admin;

namespace Tutti.Gateway.Hosting;

/// <summary>Everything on the management listener.</summary>
internal static class ManagementEndpoints
{
    public static IEndpointRouteBuilder MapManagement(this IEndpointRouteBuilder routes)
    {
        routes.MapRegistryAdmin();
        return routes;
    }
}
