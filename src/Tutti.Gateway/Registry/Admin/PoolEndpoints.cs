using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tutti.Gateway.Registry.Editing;
using Tutti.Gateway.Registry.Store;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>Lists, reads, creates, replaces and deletes pools.</summary>
internal static class PoolEndpoints
{
    const string Json = "application/json";

    public static void Map(RouteGroupBuilder pools)
    {
        pools.MapGet("/", List).WithName("ListPools").WithSummary("Lists pools and the parts that use them").Produces<Page<PoolView>>();
        pools.MapGet("/{key}", Read).WithName("ReadPool").WithSummary("Reads a pool")
            .Produces<PoolView>().ProducesProblem(StatusCodes.Status404NotFound);
        pools.MapPost("/", CreateAsync).WithName("CreatePool").WithSummary("Creates a pool")
            .Accepts<PoolConfig>(Json, "text/json").Produces<PoolView>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status409Conflict);
        pools.MapPut("/{key}", ReplaceAsync).WithName("ReplacePool").WithSummary("Replaces a pool; If-Match is required")
            .Accepts<PoolConfig>(Json, "text/json").Produces<PoolView>().ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status428PreconditionRequired);
        pools.MapDelete("/{key}", DeleteAsync).WithName("DeletePool").WithSummary("Deletes a pool that nobody uses")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    static IResult List(PartRegistry registry, string? search, string? sort, string? page, string? pageSize)
    {
        var config = registry.Current.Config;
        var faults = new List<Fault>();
        if (Lists.Pools.Run(config.Pools, search, sort, page, pageSize, faults) is not { } found)
        {
            return Problems.Invalid("The list cannot be made.", faults);
        }

        var users = Users.ByPool(config);
        return TypedResults.Json(
            new Page<PoolView>([.. found.Items.Select(pool => PoolView.Of(pool, users[pool.Key]))], found.Total, found.Number, found.PageSize),
            RegistryJson.Default.PagePoolView);
    }

    static IResult Read(HttpContext http, string key, PartRegistry registry) => registry.Current is var snapshot && snapshot.Pools.TryGetValue(key, out var pool)
        ? Show(http, pool, snapshot)
        : Problems.Missing($"There is no pool '{key}'.");

    static async Task<IResult> CreateAsync(HttpContext http, RegistryStore store, PartRegistry registry, CancellationToken ct)
    {
        var (pool, problem) = await ReadBodyAsync(http.Request, ct);
        return pool is null ? problem! : Answer(http, await store.EditAsync(PoolEdits.Create(pool), ct), registry, created: true);
    }

    static async Task<IResult> ReplaceAsync(HttpContext http, string key, RegistryStore store, PartRegistry registry, CancellationToken ct)
    {
        if (!EntityTags.HasIfMatch(http.Request))
        {
            return Problems.PreconditionRequired();
        }

        var (pool, problem) = await ReadBodyAsync(http.Request, ct);
        return pool is null
            ? problem!
            : Answer(http, await store.EditAsync(PoolEdits.Replace(key, pool, EntityTags.Read(http.Request)), ct), registry, created: false);
    }

    static async Task<IResult> DeleteAsync(HttpContext http, string key, RegistryStore store, CancellationToken ct)
    {
        var outcome = await store.EditAsync(PoolEdits.Delete(key, EntityTags.Read(http.Request)), ct);
        return outcome.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
    }

    static Task<(PoolConfig? Value, IResult? Problem)> ReadBodyAsync(HttpRequest request, CancellationToken ct) =>
        JsonBody.ReadEntryAsync(request, RegistryJson.Default.PoolConfig, RegistryJson.Default.PoolView, ct);

    static IResult Answer(HttpContext http, EditOutcome<PoolConfig> outcome, PartRegistry registry, bool created)
    {
        if (outcome.Refusal is { } refusal)
        {
            return Problems.Of(refusal);
        }

        if (created)
        {
            http.Response.StatusCode = StatusCodes.Status201Created;
            http.Response.Headers.Location = $"{http.Request.PathBase}{RegistryEndpoints.Root}/pools/{Uri.EscapeDataString(outcome.Value!.Key)}";
        }

        return Show(http, outcome.Value!, registry.Current);
    }

    static JsonHttpResult<PoolView> Show(HttpContext http, PoolConfig pool, RegistrySnapshot registry)
    {
        http.Response.Headers.ETag = EntityTags.Of(pool.Version);
        return TypedResults.Json(PoolView.Of(pool, Users.OfPool(registry.Config, pool.Key)), RegistryJson.Default.PoolView);
    }
}
