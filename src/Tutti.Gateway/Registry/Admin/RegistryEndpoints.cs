using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tutti.Gateway.Registry.Editing;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>The admin API of the registry, under <c>/admin/api</c>.</summary>
internal static class RegistryEndpoints
{
    public const string Root = "/admin/api";

    public static RouteGroupBuilder MapRegistryAdmin(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Root);
        new PartEndpoints(app.ServiceProvider.GetRequiredService<PartEdits>()).Map(api, "Parts");
        new PoolEndpoints().Map(api, "Pools");
        new CacheGroupEndpoints().Map(api, "Cache groups");
        TransferEndpoints.Map(api);
        return api;
    }
}
