using Microsoft.AspNetCore.Http.HttpResults;
using Tutti.Gateway.Caching.Cluster.Invalidations;

namespace Tutti.Gateway.Caching.Invalidating;

/// <summary>The admin API of the cache: what it holds and does, and the invalidation of everything.</summary>
internal static class CacheAdmin
{
    public static IEndpointRouteBuilder MapCacheAdmin(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/admin/api/cache").WithTags("Cache");
        api.MapGet("", Show).WithSummary("Tells what the cache holds and how it is used, by part.");
        api.MapPost("/invalidate", InvalidateAsync).WithSummary("Invalidates everything on all nodes; mode=soft leaves it stale until it is fetched again.");
        return routes;
    }

    static JsonHttpResult<CacheView> Show(EntryShelf shelf, CachedParts parts) =>
        TypedResults.Json(CacheView.Of(shelf, parts), CachingJson.Default.CacheView);

    static async Task<IResult> InvalidateAsync(HttpResponse response, Invalidator invalidator, string? mode, CancellationToken ct)
    {
        if (mode is not (null or "hard" or "soft"))
        {
            return TypedResults.Problem("mode must be hard (the default) or soft.", statusCode: 400, title: "Invalid");
        }

        NodesHeader.Write(response, await invalidator.InvalidateAsync(new Invalidation.Everything(mode == "soft"), ct));
        return TypedResults.NoContent();
    }
}
