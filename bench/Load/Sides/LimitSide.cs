using System.Globalization;
using Tutti.Bench.Load.Processes;

namespace Tutti.Bench.Load.Sides;

/// <summary>Starts the hand-written limit.</summary>
static class LimitSide
{
    public static async Task<Side> StartAsync(Bench bench, string name, CancellationToken ct)
    {
        var url = FreePort.TakeUrl();
        string[] args =
        [
            bench.Repository.Limit,
            "--url", url.GetLeftPart(UriPartial.Authority),
            "--stub", bench.Stub.Url.GetLeftPart(UriPartial.Authority),
            "--max-connections", ExportedParts.HttpPoolSize.ToString(CultureInfo.InvariantCulture),
        ];
        var inline = bench.Options.Inline;
        var process = ChildProcess.Start(name, "dotnet", inline ? [.. args, "--inline"] : args, inline);
        try
        {
            await process.ReadyAsync(new(url, "/readyz"), ct);
            return new(name, process, url, bench.Options.Widest);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }
}
