using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.OpenApi;
using Tutti.Gateway.Caching.Cluster.Invalidations;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Admin;
using Tutti.Gateway.Registry.Rules;

namespace Tutti.Gateway.Caching.Invalidating;

/// <summary>The admin API of the cache: what it holds and does, and the invalidation of everything or of one answer.</summary>
internal static class CacheAdmin
{
    public static IEndpointRouteBuilder MapCacheAdmin(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/admin/api/cache").WithTags("Cache");
        api.MapGet("", Show).WithName("ReadCache").WithSummary("Tells what the cache holds and how it is used, by part").Produces<CacheView>();
        api.MapPost("/invalidate", InvalidateAsync).WithName("InvalidateCache")
            .WithSummary("Invalidates one answer on all nodes, or everything where the request has no body")
            .Accepts<KeyOrder>(isOptional: true, "application/json").Produces(204).ProducesProblem(404).TakesBody()
            .Change(operation => DocumentedEndpoints.Describe(
                operation, "mode", JsonSchemaType.String, "hard (the default): gone; soft: stale until it is fetched again").Enum = ["hard", "soft"]);
        return routes;
    }

    static JsonHttpResult<CacheView> Show(EntryShelf shelf, CachedParts parts) =>
        TypedResults.Json(CacheView.Of(shelf, parts), CachingJson.Default.CacheView);

    static async Task<IResult> InvalidateAsync(HttpContext http, Invalidator invalidator, PartRegistry registry, string? mode, CancellationToken ct)
    {
        if (mode is not (null or "hard" or "soft"))
        {
            return Problems.Invalid("Nothing was invalidated.", [new Fault("mode", "Must be hard (the default) or soft")]);
        }

        var isSoft = mode == "soft";
        if (!JsonBody.IsThere(http.Request))
        {
            return await ApplyAsync(http.Response, invalidator, new Invalidation.Everything(isSoft), ct);
        }

        var json = CachingJson.Default.KeyOrder;
        var order = await JsonBody.ReadEntryAsync(http.Request, json, json, ct);
        if (!order.IsRead)
        {
            return order.Problem;
        }

        if (order.Faults.Count == 0 && !registry.Current.Parts.ContainsKey(order.Value.PartId))
        {
            return Problems.Missing($"There is no part '{order.Value.PartId}'.");
        }

        var part = registry.Current.Parts.GetValueOrDefault(order.Value.PartId);
        Fault[] faults = [.. order.Faults, .. part is null ? [] : order.Value.Check(part).Outside(order.Faults)];
        return faults.Length > 0
            ? Problems.Invalid("Nothing was invalidated.", faults)
            : await ApplyAsync(http.Response, invalidator, order.Value.ToInvalidation(part!, isSoft), ct);
    }

    static async Task<IResult> ApplyAsync(HttpResponse response, Invalidator invalidator, Invalidation invalidation, CancellationToken ct)
    {
        NodesHeader.Write(response, await invalidator.InvalidateAsync(invalidation, ct));
        return TypedResults.NoContent();
    }
}
