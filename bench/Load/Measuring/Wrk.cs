using System.Diagnostics;

namespace Tutti.Bench.Load.Measuring;

/// <summary>The load generator: Debian's wrk, a closed loop over a fixed number of connections.</summary>
sealed class Wrk(string program, LoadOptions options)
{
    public async Task<WrkResult> RunAsync(string script, string bodies, Uri url, int seconds, CancellationToken ct)
    {
        string[] shape = [$"-t{options.Threads}", $"-c{options.Connections}", $"-d{seconds}s", "--timeout", "10s"];
        var start = new ProcessStartInfo(program, [.. shape, "-s", script, url.AbsoluteUri, "--", bodies])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(ct);
            var output = await process.StandardOutput.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return WrkResult.Parse(output) ?? throw new LoadFault($"wrk gave no figures.\n{output}{await errors}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
