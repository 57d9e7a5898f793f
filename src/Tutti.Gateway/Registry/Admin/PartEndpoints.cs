using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tutti.Gateway.Registry.Editing;
using Tutti.Gateway.Registry.Store;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>Lists, reads, creates, replaces, copies and deletes parts with their params.</summary>
internal static class PartEndpoints
{
    const string Json = "application/json";

    public static void Map(RouteGroupBuilder parts)
    {
        parts.MapGet("/", List).WithName("ListParts").WithSummary("Lists parts")
            .WithDescription("search is literal text; sort is a field, after '-' for the reverse; page counts from 1.")
            .Produces<Page<PartView>>();
        parts.MapGet("/{partId}", Read).WithName("ReadPart").WithSummary("Reads a part, its warnings and why it is disabled")
            .Produces<PartView>().ProducesProblem(StatusCodes.Status404NotFound);
        parts.MapPost("/", CreateAsync).WithName("CreatePart").WithSummary("Creates a part")
            .Accepts<PartConfig>(Json, "text/json").Produces<PartView>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status409Conflict);
        parts.MapPut("/{partId}", ReplaceAsync).WithName("ReplacePart").WithSummary("Replaces a part; If-Match is required")
            .Accepts<PartConfig>(Json, "text/json").Produces<PartView>().ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status428PreconditionRequired);
        parts.MapDelete("/{partId}", DeleteAsync).WithName("DeletePart").WithSummary("Deletes a part")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status412PreconditionFailed);
        parts.MapPost("/{partId}/copy", CopyAsync).WithName("CopyPart").WithSummary("Copies a part under a new id and circuit key")
            .Accepts<CopyRequest>(isOptional: true, Json, "text/json").Produces<PartView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    static IResult List(PartRegistry registry, string? search, string? sort, string? page, string? pageSize)
    {
        var snapshot = registry.Current;
        var faults = new List<Fault>();
        return Lists.Parts.Run(snapshot.Config.Parts, search, sort, page, pageSize, faults) is { } found
            ? TypedResults.Json(
                new Page<PartView>([.. found.Items.Select(part => PartView.Of(part, snapshot))], found.Total, found.Number, found.PageSize),
                RegistryJson.Default.PagePartView)
            : Problems.Invalid("The list cannot be made.", faults);
    }

    static IResult Read(HttpContext http, string partId, PartRegistry registry) => registry.Current is var snapshot && snapshot.Parts.TryGetValue(partId, out var part)
        ? Show(http, part.Config, snapshot)
        : Problems.Missing($"There is no part '{partId}'.");

    static async Task<IResult> CreateAsync(HttpContext http, PartEdits edits, RegistryStore store, PartRegistry registry, CancellationToken ct)
    {
        var (part, problem) = await ReadBodyAsync(http.Request, ct);
        return part is null ? problem! : Answer(http, await store.EditAsync(edits.Create(part), ct), registry, created: true);
    }

    static async Task<IResult> ReplaceAsync(HttpContext http, string partId, PartEdits edits, RegistryStore store, PartRegistry registry, CancellationToken ct)
    {
        if (!EntityTags.HasIfMatch(http.Request))
        {
            return Problems.PreconditionRequired();
        }

        var (part, problem) = await ReadBodyAsync(http.Request, ct);
        return part is null
            ? problem!
            : Answer(http, await store.EditAsync(edits.Replace(partId, part, EntityTags.Read(http.Request)), ct), registry, created: false);
    }

    static async Task<IResult> DeleteAsync(HttpContext http, string partId, RegistryStore store, CancellationToken ct)
    {
        var outcome = await store.EditAsync(PartEdits.Delete(partId, EntityTags.Read(http.Request)), ct);
        return outcome.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
    }

    static async Task<IResult> CopyAsync(HttpContext http, string partId, PartEdits edits, RegistryStore store, PartRegistry registry, CancellationToken ct)
    {
        var request = new CopyRequest();
        if (http.Request.ContentLength is not (0 or null) || http.Request.Headers.TransferEncoding.Count > 0)
        {
            var (asked, problem) = await JsonBody.ReadEntryAsync(http.Request, RegistryJson.Default.CopyRequest, RegistryJson.Default.CopyRequest, ct);
            if (asked is null)
            {
                return problem!;
            }

            request = asked;
        }

        return Answer(http, await store.EditAsync(edits.Copy(partId, request.PartId, request.Owner), ct), registry, created: true);
    }

    static Task<(PartConfig? Value, IResult? Problem)> ReadBodyAsync(HttpRequest request, CancellationToken ct) =>
        JsonBody.ReadEntryAsync(request, RegistryJson.Default.PartConfig, RegistryJson.Default.PartView, ct);

    static IResult Answer(HttpContext http, EditOutcome<PartConfig> outcome, PartRegistry registry, bool created)
    {
        if (outcome.Refusal is { } refusal)
        {
            return Problems.Of(refusal);
        }

        if (created)
        {
            http.Response.StatusCode = StatusCodes.Status201Created;
            http.Response.Headers.Location = $"{http.Request.PathBase}{RegistryEndpoints.Root}/parts/{Uri.EscapeDataString(outcome.Value!.PartId)}";
        }

        return Show(http, outcome.Value!, registry.Current);
    }

    static JsonHttpResult<PartView> Show(HttpContext http, PartConfig part, RegistrySnapshot registry)
    {
        http.Response.Headers.ETag = EntityTags.Of(part.Version);
        return TypedResults.Json(PartView.Of(part, registry), RegistryJson.Default.PartView);
    }
}
