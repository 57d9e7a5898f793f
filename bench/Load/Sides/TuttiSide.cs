using System.Net.Http.Headers;
using Tutti.Bench.Load.Processes;

namespace Tutti.Bench.Load.Sides;

/// <summary>Starts Tutti on a fresh database and registers the parts through its admin API.</summary>
static class TuttiSide
{
    const int PartsPerImport = 1000;
    static readonly HttpClient Http = new();

    /// <param name="more">Arguments of this side alone.</param>
    public static async Task<Side> StartAsync(Bench bench, string name, int registered, CancellationToken ct, params string[] more)
    {
        var (process, traffic) = await StartAsync(bench, name, management => RegisterAsync(bench, management, registered, ct), ct, more);
        return new(name, process, traffic, registered);
    }

    /// <summary>Starts one and registers what it shall know, given the address of its management listener.</summary>
    public static async Task<(ChildProcess Process, Uri Traffic)> StartAsync(
        Bench bench, string name, Func<Uri, Task> register, CancellationToken ct, params string[] more)
    {
        var (traffic, management) = (FreePort.TakeUrl(), FreePort.TakeUrl());
        var process = ChildProcess.Start(name, "dotnet", [.. Arguments(bench, traffic, management), .. more], bench.Options.Inline);
        try
        {
            await process.ReadyAsync(new(management, "/readyz"), ct);
            await register(management);
            return (process, traffic);
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
        var running = bench.Options.Connections * bench.Options.Widest;
        foreach (var numbers in Enumerable.Range(0, registered).Chunk(PartsPerImport))
        {
            await ImportAsync(management, ExportedParts.Write(numbers, bench.Stub.Url, running), ct);
        }

        await ImportAsync(management, ExportedParts.WriteKept(Enumerable.Range(0, bench.Options.Widest), bench.Stub.Url, running), ct);
    }

    static async Task ImportAsync(Uri management, byte[] parts, CancellationToken ct)
    {
        using var content = new ByteArrayContent(parts);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await Http.PostAsync(new Uri(management, "/admin/api/import?mode=update"), content, ct);
        if (!response.IsSuccessStatusCode)
        {
            var reason = await response.Content.ReadAsStringAsync(ct);
            throw new LoadFault($"Tutti refused the parts with {(int)response.StatusCode}: {reason}");
        }
    }
}
