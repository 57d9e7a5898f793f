using Tutti.Gateway.Registry.Admin;

namespace Tutti.Gateway.Resilience.Admin;

/// <summary>The admin API of circuits and of pools at work.</summary>
internal static class ResilienceEndpoints
{
    public static IEndpointRouteBuilder MapResilienceAdmin(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(RegistryEndpoints.Root);
        CircuitEndpoints.Map(api.MapGroup("/circuits").WithTags("Circuits"));
        PoolStateEndpoints.Map(api.MapGroup("/pool-states").WithTags("Pools"));
        return routes;
    }
}
