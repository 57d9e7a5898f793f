using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Tutti.Server.Commands;

namespace Tutti.FunctionalTests.Hosting;

/// <summary>The command as an operator runs it: its own process.</summary>
public sealed class ServeTests
{
    [Fact]
    public async Task A_taken_port_is_one_line_that_says_what_to_do()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var folder = Directory.CreateTempSubdirectory("tutti-serve-");

        var (status, text) = await ServeAsync($"--traffic=http://{taken.LocalEndpoint}", $"--connection-string=Data Source={folder.FullName}/tutti.db");
        folder.Delete(recursive: true);

        status.ShouldBe(1);
        text.ShouldBe($"Failed to bind to address http://{taken.LocalEndpoint}: address already in use: stop what listens there, or choose other ports with --traffic and --management\n");
    }

    static async Task<(int Status, string Text)> ServeAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] command = [typeof(ServeCommand).Assembly.Location, "serve", "--management=http://127.0.0.1:0", .. arguments];
        Array.ForEach(command, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
