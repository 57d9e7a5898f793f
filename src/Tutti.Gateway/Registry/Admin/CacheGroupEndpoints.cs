using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tutti.Gateway.Registry.Editing;
using Tutti.Gateway.Registry.Store;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>Lists, reads, creates, replaces and deletes cache groups.</summary>
internal static class CacheGroupEndpoints
{
    const string Json = "application/json";

    public static void Map(RouteGroupBuilder groups)
    {
        groups.MapGet("/", List).WithName("ListCacheGroups").WithSummary("Lists cache groups and the parts that use them").Produces<Page<CacheGroupView>>();
        groups.MapGet("/{key}", Read).WithName("ReadCacheGroup").WithSummary("Reads a cache group")
            .Produces<CacheGroupView>().ProducesProblem(StatusCodes.Status404NotFound);
        groups.MapPost("/", CreateAsync).WithName("CreateCacheGroup").WithSummary("Creates a cache group")
            .Accepts<CacheGroupConfig>(Json, "text/json").Produces<CacheGroupView>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status409Conflict);
        groups.MapPut("/{key}", ReplaceAsync).WithName("ReplaceCacheGroup").WithSummary("Replaces a cache group; If-Match is required")
            .Accepts<CacheGroupConfig>(Json, "text/json").Produces<CacheGroupView>().ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status428PreconditionRequired);
        groups.MapDelete("/{key}", DeleteAsync).WithName("DeleteCacheGroup").WithSummary("Deletes a cache group that nobody uses")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    static IResult List(PartRegistry registry, string? search, string? sort, string? page, string? pageSize)
    {
        var config = registry.Current.Config;
        var faults = new List<Fault>();
        if (Lists.CacheGroups.Run(config.CacheGroups, search, sort, page, pageSize, faults) is not { } found)
        {
            return Problems.Invalid("The list cannot be made.", faults);
        }

        var users = Users.ByCacheGroup(config);
        return TypedResults.Json(
            new Page<CacheGroupView>([.. found.Items.Select(group => CacheGroupView.Of(group, users[group.Name]))], found.Total, found.Number, found.PageSize),
            RegistryJson.Default.PageCacheGroupView);
    }

    static IResult Read(HttpContext http, string key, PartRegistry registry) => registry.Current is var snapshot && snapshot.CacheGroups.TryGetValue(key, out var group)
        ? Show(http, group, snapshot)
        : Problems.Missing($"There is no cache group '{key}'.");

    static async Task<IResult> CreateAsync(HttpContext http, RegistryStore store, PartRegistry registry, CancellationToken ct)
    {
        var (group, problem) = await ReadBodyAsync(http.Request, ct);
        return group is null ? problem! : Answer(http, await store.EditAsync(CacheGroupEdits.Create(group), ct), registry, created: true);
    }

    static async Task<IResult> ReplaceAsync(HttpContext http, string key, RegistryStore store, PartRegistry registry, CancellationToken ct)
    {
        if (!EntityTags.HasIfMatch(http.Request))
        {
            return Problems.PreconditionRequired();
        }

        var (group, problem) = await ReadBodyAsync(http.Request, ct);
        return group is null
            ? problem!
            : Answer(http, await store.EditAsync(CacheGroupEdits.Replace(key, group, EntityTags.Read(http.Request)), ct), registry, created: false);
    }

    static async Task<IResult> DeleteAsync(HttpContext http, string key, RegistryStore store, CancellationToken ct)
    {
        var outcome = await store.EditAsync(CacheGroupEdits.Delete(key, EntityTags.Read(http.Request)), ct);
        return outcome.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
    }

    static Task<(CacheGroupConfig? Value, IResult? Problem)> ReadBodyAsync(HttpRequest request, CancellationToken ct) =>
        JsonBody.ReadEntryAsync(request, RegistryJson.Default.CacheGroupConfig, RegistryJson.Default.CacheGroupView, ct);

    static IResult Answer(HttpContext http, EditOutcome<CacheGroupConfig> outcome, PartRegistry registry, bool created)
    {
        if (outcome.Refusal is { } refusal)
        {
            return Problems.Of(refusal);
        }

        if (created)
        {
            http.Response.StatusCode = StatusCodes.Status201Created;
            http.Response.Headers.Location = $"{http.Request.PathBase}{RegistryEndpoints.Root}/cache-groups/{Uri.EscapeDataString(outcome.Value!.Name)}";
        }

        return Show(http, outcome.Value!, registry.Current);
    }

    static JsonHttpResult<CacheGroupView> Show(HttpContext http, CacheGroupConfig group, RegistrySnapshot registry)
    {
        http.Response.Headers.ETag = EntityTags.Of(group.Version);
        return TypedResults.Json(CacheGroupView.Of(group, Users.OfCacheGroup(registry.Config, group.Name)), RegistryJson.Default.CacheGroupView);
    }
}
