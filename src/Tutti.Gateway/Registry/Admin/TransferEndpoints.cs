using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Tutti.Contracts;
using Tutti.Contracts.Registry;
using Tutti.Gateway.Registry.Import;
using Tutti.Gateway.Registry.Rules;
using Tutti.Gateway.Registry.Store;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>Imports and exports all parts as one file.</summary>
internal static class TransferEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/import", ImportAsync).WithName("Import").WithTags("Import and export").WithSummary("Imports exported-parts.json, all of it or nothing")
            .WithDescription("mode=add leaves registered parts as they are, mode=update makes them what the file says; dryRun=true only shows the difference.")
            .Accepts<IReadOnlyList<HttpPartConfig>>("application/json", "text/json").Produces<ImportResult>().ProducesProblem(StatusCodes.Status503ServiceUnavailable).TakesBody()
            .Change(operation =>
            {
                DocumentedEndpoints.Describe(operation, "mode", JsonSchemaType.String, "What becomes of registered parts").Enum = ["add", "update"];
                DocumentedEndpoints.Describe(operation, "dryRun", JsonSchemaType.Boolean, "Only shows the difference");
            });
        api.MapGet("/export", Export).WithName("Export").WithTags("Import and export").WithSummary("Exports all parts as exported-parts.json")
            .Produces<IReadOnlyList<HttpPartConfig>>();
    }

    static async Task<IResult> ImportAsync(
        HttpContext http, string? mode, string? dryRun, RegistryStore store, RegistryRules rules, IOptions<RegistryOptions> options, CancellationToken ct)
    {
        var faults = new List<Fault>();
        var parsedMode = ReadMode(mode, faults);
        var isDry = ReadFlag(dryRun, faults);
        if (faults.Count > 0)
        {
            return Problems.Invalid("The import was not begun.", faults);
        }

        var type = ContractsJson.HttpPartConfigs;
        var file = await JsonBody.ReadAsync(http.Request, type, type, options.Value.MaxImportBytes, strict: false, ct);
        if (!file.IsRead)
        {
            return file.Problem;
        }

        var outcome = await store.EditAsync<ImportResult>(
            (current, version) => new ImportEdit(rules, file.Value, file.Faults, parsedMode, isDry).Apply(current, version), ct);
        return outcome.Refusal is { } refusal
            ? Problems.Of(refusal)
            : TypedResults.Json(outcome.Value!, RegistryJson.Default.ImportResult);
    }

    static FileContentHttpResult Export(HttpContext http, PartRegistry registry)
    {
        http.Response.Headers.ContentDisposition = $"attachment; filename={RegistryExport.FileName}";
        var file = JsonSerializer.SerializeToUtf8Bytes(RegistryExport.Write(registry.Current), ContractsJson.HttpPartConfigs);
        return TypedResults.Bytes(file, "application/json; charset=utf-8");
    }

    static ImportMode ReadMode(string? mode, List<Fault> faults)
    {
        if (mode is not (null or "" or "add" or "update"))
        {
            faults.Add(new Fault("mode", $"Must be add or update, not '{mode}'"));
        }

        return mode is "update" ? ImportMode.Update : ImportMode.Add;
    }

    static bool ReadFlag(string? flag, List<Fault> faults)
    {
        if (flag is not (null or "" or "true" or "false"))
        {
            faults.Add(new Fault("dryRun", $"Must be true or false, not '{flag}'"));
        }

        return flag is "true";
    }
}
