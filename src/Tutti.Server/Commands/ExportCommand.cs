using System.CommandLine;

namespace Tutti.Server.Commands;

/// <summary><c>tutti export</c>: prints the registry of a running gateway as a file of parts.</summary>
static class ExportCommand
{
    static readonly Option<string> Management = Remote.ManagementOption();

    public static Command Create()
    {
        var command = new Command("export", "Prints the parts of a running gateway as Octoparts' exported-parts.json.") { Management };
        command.SetAction(RunAsync);
        return command;
    }

    static Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var management = parsed.GetRequiredValue(Management);
        var request = new HttpRequestMessage(HttpMethod.Get, $"{management.TrimEnd('/')}/admin/api/export");
        return Remote.AskAsync(management, request, PrintAsync, ct);
    }

    static async Task<int> PrintAsync(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
        {
            return await Remote.RefusedAsync(response);
        }

        await using var output = Console.OpenStandardOutput();
        await response.Content.CopyToAsync(output);
        return 0;
    }
}
