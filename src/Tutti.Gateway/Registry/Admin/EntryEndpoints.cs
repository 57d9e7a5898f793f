using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tutti.Gateway.Registry.Editing;
using Tutti.Gateway.Registry.Store;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>Lists, reads, creates, replaces and deletes the entries of one kind: all kinds have the same manners.</summary>
/// <typeparam name="TView">An entry as it is shown.</typeparam>
internal abstract class EntryEndpoints<T, TView>(EntryEdits<T> edits)
    where T : class
    where TView : T
{
    protected const string Json = "application/json";
    protected const string TextJson = "text/json";

    /// <summary>The kind in operation ids, such as <c>CacheGroup</c>.</summary>
    protected abstract string Name { get; }

    /// <summary>The last segment of the kind's address.</summary>
    protected abstract string Path { get; }

    /// <summary>Whether PUT without If-Match creates an entry, and does nothing where it says what is there already.</summary>
    protected virtual bool PlacesByPut => false;

    protected abstract ListQuery<T> Query { get; }

    protected abstract JsonTypeInfo<T> EntryJson { get; }

    protected abstract JsonTypeInfo<TView> ViewJson { get; }

    protected abstract JsonTypeInfo<Page<TView>> PageJson { get; }

    public void Map(RouteGroupBuilder api, string tag)
    {
        var group = api.MapGroup($"/{Path}").WithTags(tag);
        group.MapGet("/", List).WithName($"List{Name}s").WithSummary($"Lists {edits.Word}s").Produces<Page<TView>>().TakesList();
        group.MapGet("/{key}", Read).WithName($"Read{Name}").WithSummary($"Reads a {edits.Word}").Produces<TView>().ProducesProblem(404).GivesETag();
        group.MapPost("/", CreateAsync).WithName($"Create{Name}").WithSummary($"Creates a {edits.Word}")
            .Accepts<T>(Json, TextJson).Produces<TView>(201).ProducesProblem(409).ProducesProblem(503).TakesBody().GivesETag().GivesLocation();
        var replace = group.MapPut("/{key}", ReplaceAsync).WithName($"Replace{Name}").WithSummary(PutSummary)
            .Accepts<T>(Json, TextJson).Produces<TView>().ProducesProblem(404).ProducesProblem(412).ProducesProblem(428).ProducesProblem(503)
            .TakesBody().TakesIfMatch(isRequired: !PlacesByPut);
        (PlacesByPut ? replace.Produces<TView>(201) : replace).GivesETag();
        group.MapDelete("/{key}", DeleteAsync).WithName($"Delete{Name}").WithSummary($"Deletes a {edits.Word} that nobody uses")
            .Produces(204).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(503).TakesIfMatch(isRequired: false);
        MapMore(group);
    }

    string PutSummary => PlacesByPut
        ? $"Creates a {edits.Word}, or replaces it; replacing another content asks for If-Match"
        : $"Replaces a {edits.Word}; If-Match is required";

    protected virtual void MapMore(RouteGroupBuilder group)
    {
    }

    protected abstract IEnumerable<TView> Views(IEnumerable<T> entries, RegistrySnapshot registry);

    protected IResult Answer(HttpContext http, EditOutcome<T> outcome, PartRegistry registry, bool created)
    {
        if (outcome.Refusal is { } refusal)
        {
            return Problems.Of(refusal);
        }

        if (created)
        {
            http.Response.StatusCode = StatusCodes.Status201Created;
            http.Response.Headers.Location = $"{http.Request.PathBase}{RegistryEndpoints.Root}/{Path}/{Uri.EscapeDataString(edits.KeyOf(outcome.Value!))}";
        }

        return Show(http, outcome.Value!, registry.Current);
    }

    IResult List(PartRegistry registry, string? search, string? sort, string? page, string? pageSize)
    {
        var snapshot = registry.Current;
        var faults = new List<Fault>();
        return Query.Run(edits.Entries(snapshot.Config), search, sort, page, pageSize, faults) is { } found
            ? TypedResults.Json(new Page<TView>([.. Views(found.Items, snapshot)], found.Total, found.Number, found.PageSize), PageJson)
            : Problems.Invalid("The list cannot be made.", faults);
    }

    IResult Read(HttpContext http, string key, PartRegistry registry) =>
        registry.Current is var snapshot && edits.Find(snapshot.Config, key) is { } entry
            ? Show(http, entry, snapshot)
            : Problems.Missing($"There is no {edits.Word} '{key}'.");

    async Task<IResult> CreateAsync(HttpContext http, RegistryStore store, PartRegistry registry, CancellationToken ct)
    {
        var body = await ReadBodyAsync(http.Request, ct);
        return body.IsRead
            ? Answer(http, await store.EditAsync(edits.Create(body.Value, body.Faults), ct), registry, created: true)
            : body.Problem;
    }

    async Task<IResult> ReplaceAsync(HttpContext http, string key, RegistryStore store, PartRegistry registry, CancellationToken ct)
    {
        var isConditional = EntityTags.HasIfMatch(http.Request);
        if (!isConditional && !PlacesByPut)
        {
            return Problems.PreconditionRequired();
        }

        var body = await ReadBodyAsync(http.Request, ct);
        if (!body.IsRead)
        {
            return body.Problem;
        }

        var created = false;
        var edit = isConditional
            ? edits.Replace(key, body.Value, EntityTags.Read(http.Request), body.Faults)
            : (RegistryEdit<T>)((current, version) =>
            {
                created = edits.Find(current, key) is null;
                return edits.Place(key, body.Value, IsSame, body.Faults)(current, version);
            });
        return Answer(http, await store.EditAsync(edit, ct), registry, created);
    }

    /// <summary>Whether two entries say the same, whatever their versions.</summary>
    bool IsSame(T left, T right)
    {
        var (a, b) = (JsonSerializer.SerializeToNode(left, EntryJson)!, JsonSerializer.SerializeToNode(right, EntryJson)!);
        a["version"] = 0;
        b["version"] = 0;
        return JsonNode.DeepEquals(a, b);
    }

    async Task<IResult> DeleteAsync(HttpContext http, string key, RegistryStore store, CancellationToken ct)
    {
        var outcome = await store.EditAsync(edits.Delete(key, EntityTags.Read(http.Request)), ct);
        return outcome.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
    }

    Task<Body<T>> ReadBodyAsync(HttpRequest request, CancellationToken ct) => JsonBody.ReadEntryAsync(request, EntryJson, ViewJson, ct);

    JsonHttpResult<TView> Show(HttpContext http, T entry, RegistrySnapshot registry)
    {
        http.Response.Headers.ETag = EntityTags.Of(edits.VersionOf(entry));
        return TypedResults.Json(Views([entry], registry).Single(), ViewJson);
    }
}
