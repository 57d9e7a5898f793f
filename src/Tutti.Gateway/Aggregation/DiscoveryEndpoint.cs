using System.Text.Json;
using Tutti.Contracts;
using Tutti.Contracts.Registry;
using Tutti.Gateway.Aggregation.Wire;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Import;

namespace Tutti.Gateway.Aggregation;

/// <summary>The door of discovery: <c>GET</c> and <c>POST /octoparts/2/list</c>.</summary>
internal sealed class DiscoveryEndpoint(PartRegistry registry, AggregationOptions options)
{
    /// <summary>Lists the parts named by <c>partIdParams</c>; all of them if none is named.</summary>
    public Task HandleGetAsync(HttpContext context) => WriteAsync(context, [.. context.Request.Query["partIdParams"].OfType<string>()]);

    /// <summary>Lists the parts named by <c>ids</c>, in JSON or a form; all of them if none is named.</summary>
    public async Task HandlePostAsync(HttpContext context)
    {
        var asked = await DiscoveryIds.ReadAsync(context.Request, options, context.RequestAborted);
        await (asked.Ids is { } ids ? WriteAsync(context, ids) : OctopartsError.WriteAsync(context, asked.Status, asked.Problem!));
    }

    async Task WriteAsync(HttpContext context, IReadOnlyList<string> ids)
    {
        var snapshot = registry.Current;
        var parts = ids.Count == 0
            ? snapshot.Parts.Values.OrderBy(part => part.Id, StringComparer.Ordinal)
            : ids.Distinct().Select(id => snapshot.Parts.GetValueOrDefault(id)).OfType<PartModel>();
        IReadOnlyList<HttpPartConfig> list = [.. parts.Select(part => OctopartsFormat.Write(part.Config, snapshot))];
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=exported-parts.json";
        await JsonSerializer.SerializeAsync(context.Response.BodyWriter, list, ContractsJson.HttpPartConfigs, context.RequestAborted);
    }
}
