using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>The admin API of the registry, under <c>/admin/api</c>.</summary>
internal static class RegistryEndpoints
{
    public const string Root = "/admin/api";

    public static RouteGroupBuilder MapRegistryAdmin(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Root)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        PartEndpoints.Map(api.MapGroup("/parts").WithTags("Parts"));
        PoolEndpoints.Map(api.MapGroup("/pools").WithTags("Pools"));
        CacheGroupEndpoints.Map(api.MapGroup("/cache-groups").WithTags("Cache groups"));
        TransferEndpoints.Map(api);
        return api;
    }
}
