using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Admin;

namespace Tutti.Gateway.Resilience.Admin;

/// <summary>Lists the live numbers of pools.</summary>
internal static class PoolStateEndpoints
{
    public static void Map(RouteGroupBuilder pools) => pools.MapGet("/", List)
        .WithName("ListPoolStates").WithSummary("Lists the live numbers of this node's pools").Produces<Page<PoolStateView>>().TakesList();

    static IResult List(PartRegistry registry, ResilienceStates states, string? search, string? sort, string? page, string? pageSize)
    {
        var faults = new List<Fault>();
        PoolStateView[] pools = [.. registry.Current.Pools.Values.Select(pool => PoolStateView.Of(pool, states))];
        return StateLists.Pools.Run(pools, search, sort, page, pageSize, faults) is { } found
            ? TypedResults.Json(found, ResilienceJson.Default.PagePoolStateView)
            : Problems.Invalid("The list cannot be made.", faults);
    }
}
