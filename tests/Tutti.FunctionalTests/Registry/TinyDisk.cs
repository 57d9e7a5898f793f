using System.Diagnostics;

namespace Tutti.FunctionalTests.Registry;

/// <summary>A file system of one MiB, so that a disk can be full.</summary>
internal sealed class TinyDisk : IAsyncDisposable
{
    TinyDisk(string directory) => Directory = directory;

    public string Directory { get; }

    /// <summary>Mounts it, or skips the test and says why it cannot.</summary>
    public static async Task<TinyDisk> MountAsync()
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("tutti-disk-").FullName;
        if (!await RunAsync("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", directory))
        {
            Assert.Skip("A small file system can be mounted by root only.");
        }

        return new TinyDisk(directory);
    }

    public static async Task FillAsync(string file)
    {
        await using var stream = File.Create(file);
        try
        {
            while (true)
            {
                await stream.WriteAsync(new byte[4_096]);
                await stream.FlushAsync();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public async ValueTask DisposeAsync() => await RunAsync("umount", "-l", Directory);

    static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
