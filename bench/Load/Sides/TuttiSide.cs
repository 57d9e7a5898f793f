using System.Net.Http.Headers;
using Tutti.Bench.Load.Processes;

namespace Tutti.Bench.Load.Sides;

/// <summary>Starts Tutti on a fresh database and registers the parts through its admin API.</summary>
static class TuttiSide
{
    const int PartsPerImport = 1000;
    static readonly HttpClient Http = new();

    public static async Task<Side> StartAsync(Bench bench, string name, int registered, CancellationToken ct)
    {
        var (traffic, management) = (FreePort.TakeUrl(), FreePort.TakeUrl());
        var process = ChildProcess.Start(name, "dotnet", Arguments(bench, traffic, management), bench.Options.Inline);
        try
        {
            await process.ReadyAsync(new(management, "/readyz"), ct);
            await RegisterAsync(bench, management, registered, ct);
            return new(name, process, traffic, registered);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    static IEnumerable<string> Arguments(Bench bench, Uri traffic, Uri management)
    {
        string[] args =
        [
            bench.Repository.Tutti,
            "serve",
            $"--Tutti:Traffic:Url={traffic.GetLeftPart(UriPartial.Authority)}",
            $"--Tutti:Management:Url={management.GetLeftPart(UriPartial.Authority)}",
            $"--Tutti:Storage:ConnectionString=Data Source={bench.Directory.File($"tutti-{traffic.Port}.db")}",
        ];
        IEnumerable<string> inline = bench.Options.Inline ? ["--Tutti:Traffic:InlineScheduling=true"] : [];
        return [.. args, .. inline, .. bench.Options.TuttiArgs];
    }

    static async Task RegisterAsync(Bench bench, Uri management, int registered, CancellationToken ct)
    {
        var import = new Uri(management, "/admin/api/import?mode=update");
        var running = bench.Options.Connections * bench.Options.Widest;
        foreach (var numbers in Enumerable.Range(0, registered).Chunk(PartsPerImport))
        {
            using var content = new ByteArrayContent(ExportedParts.Write(numbers, bench.Stub.Url, running));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await Http.PostAsync(import, content, ct);
            if (!response.IsSuccessStatusCode)
            {
                var reason = await response.Content.ReadAsStringAsync(ct);
                throw new LoadFault($"Tutti refused the parts with {(int)response.StatusCode}: {reason}");
            }
        }
    }
}
