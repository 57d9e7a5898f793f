using System.Diagnostics;

namespace Tutti.FunctionalTests.Support;

/// <summary>Signals to processes that tests started.</summary>
internal static class ProcessSignals
{
    /// <param name="signal">Its name without SIG: <c>STOP</c>, <c>CONT</c>, <c>TERM</c>.</param>
    public static async Task SignalAsync(this Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Ends one as a crash would.</summary>
    public static async Task CrashAsync(this Process process)
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
