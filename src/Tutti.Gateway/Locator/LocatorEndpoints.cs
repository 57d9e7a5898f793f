using Tutti.Gateway.Locator.Admin;
using Tutti.Gateway.Locator.Doors;
using Tutti.Gateway.Locator.Hosts;
using Tutti.Gateway.Locator.Status;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Admin;

namespace Tutti.Gateway.Locator;

/// <summary>The doors of the locator.</summary>
internal static class LocatorEndpoints
{
    /// <summary>For the traffic listener.</summary>
    public static IEndpointRouteBuilder MapLocator(this IEndpointRouteBuilder routes)
    {
        var door = routes.ServiceProvider.GetRequiredService<LocatorDoor>();
        routes.Map($"{LocatorDoor.Path}/{{**name}}", door.HandleAsync);
        return routes.MapServiceHosts();
    }

    /// <summary>For the management listener. Clients that cannot send headers or name their instance carry both in the address that they are given.</summary>
    public static IEndpointRouteBuilder MapLocatorStatus(this IEndpointRouteBuilder routes)
    {
        var status = routes.ServiceProvider.GetRequiredService<StatusDoor>();
        foreach (var prefix in (string[])["", "/instances/{instanceId}", "/keys/{secret}", "/keys/{secret}/instances/{instanceId}"])
        {
            routes.MapPut($"{prefix}/bundles/{{bundleId}}", (HttpContext context, string bundleId) => status.SignalAsync(context, bundleId)).ExcludeFromDescription();
        }

        var api = routes.MapGroup(RegistryEndpoints.Root);
        api.MapPut("/instances/{key}/heartbeat", (HttpContext context, string key) => status.BeatAsync(context, key))
            .WithTags("Instances").WithName("RenewInstance").WithSummary("Renews the lease of an instance")
            .Produces(204).ProducesProblem(401).ProducesProblem(404).ProducesProblem(503);
        new InstanceStateEndpoints(
            routes.ServiceProvider.GetRequiredService<PartRegistry>(),
            routes.ServiceProvider.GetRequiredService<ServiceDirectory>(),
            routes.ServiceProvider.GetRequiredService<TimeProvider>()).Map(api);
        return routes;
    }
}
