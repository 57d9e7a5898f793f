using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tutti.Gateway.Registry.Admin.Services;
using Tutti.Gateway.Registry.Editing;
using Tutti.Gateway.Registry.Editing.Services;

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
        new ServiceEndpoints(app.ServiceProvider.GetRequiredService<ServiceEdits>()).Map(api, "Services");
        new BundleEndpoints(app.ServiceProvider.GetRequiredService<BundleEdits>()).Map(api, "Bundles");
        new InstanceEndpoints(app.ServiceProvider.GetRequiredService<InstanceEdits>()).Map(api, "Instances");
        TransferEndpoints.Map(api);
        return api;
    }
}
