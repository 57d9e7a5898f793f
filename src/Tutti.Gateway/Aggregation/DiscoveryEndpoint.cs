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
        if (await ReadIdsAsync(context) is not { } ids || ids.Any(string.IsNullOrWhiteSpace))
        {
            // Octoparts' own words, misspelt as they are.
            await OctopartsError.WriteAsync(context, 400, "Could no bind ids from request");
            return;
        }

        await WriteAsync(context, ids);
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

    async ValueTask<IReadOnlyList<string>?> ReadIdsAsync(HttpContext context)
    {
        if (context.Request.HasFormContentType)
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return [.. form.Where(field => field.Key == "ids" || field.Key.StartsWith("ids[", StringComparison.Ordinal)).SelectMany(field => field.Value).OfType<string>()];
        }

        if (await RequestBody.ReadAsync(context.Request, options.MaxRequestBytes, context.RequestAborted) is not { } body)
        {
            return null;
        }

        try
        {
            if (body.IsEmpty)
            {
                return [];
            }

            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = options.MaxJsonDepth });
            return json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("ids", out var ids) || ids.ValueKind == JsonValueKind.Null
                ? []
                : [.. ids.EnumerateArray().Select(id => id.GetString() ?? "")];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
        finally
        {
            context.Request.BodyReader.AdvanceTo(body.End);
        }
    }
}
