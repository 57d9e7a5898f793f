using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tutti.Gateway.Registry.Editing;
using Tutti.Gateway.Registry.Store;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>The admin API of parts with their params, which can be copied as well.</summary>
internal sealed class PartEndpoints(PartEdits edits) : EntryEndpoints<PartConfig, PartView>(edits)
{
    protected override string Name => "Part";

    protected override string Path => "parts";

    protected override ListQuery<PartConfig> Query => Lists.Parts;

    protected override JsonTypeInfo<PartConfig> EntryJson => RegistryJson.Default.PartConfig;

    protected override JsonTypeInfo<PartView> ViewJson => RegistryJson.Default.PartView;

    protected override JsonTypeInfo<Page<PartView>> PageJson => RegistryJson.Default.PagePartView;

    protected override void MapMore(RouteGroupBuilder group) =>
        group.MapPost("/{key}/copy", CopyAsync).WithName("CopyPart").WithSummary("Copies a part under a new id and circuit key")
            .Accepts<CopyRequest>(isOptional: true, Json, TextJson).Produces<PartView>(201).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503)
            .TakesBody().GivesETag().GivesLocation();

    protected override IEnumerable<PartView> Views(IEnumerable<PartConfig> entries, RegistrySnapshot registry) =>
        entries.Select(part => PartView.Of(part, registry));

    async Task<IResult> CopyAsync(HttpContext http, string key, PartEdits edits, RegistryStore store, PartRegistry registry, CancellationToken ct)
    {
        var body = JsonBody.IsThere(http.Request)
            ? await JsonBody.ReadEntryAsync(http.Request, RegistryJson.Default.CopyRequest, RegistryJson.Default.CopyRequest, ct)
            : new Body<CopyRequest>(new CopyRequest(), [], null);
        return body.IsRead
            ? Answer(http, await store.EditAsync(edits.Copy(key, body.Value.PartId, body.Value.Owner, body.Faults), ct), registry, created: true)
            : body.Problem;
    }
}
