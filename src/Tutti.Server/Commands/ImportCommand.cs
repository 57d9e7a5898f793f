using System.CommandLine;
using System.Net.Http.Headers;

namespace Tutti.Server.Commands;

/// <summary><c>tutti import</c>: brings a file of parts into the registry of a running gateway.</summary>
static class ImportCommand
{
    static readonly Argument<FileInfo> File = new("file") { Description = "An exported-parts.json" };
    static readonly Option<string> Mode = new("--mode") { Description = "add skips parts that exist, update replaces them", DefaultValueFactory = _ => "add" };
    static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only tell what would change" };
    static readonly Option<string> Management = Remote.ManagementOption();

    public static Command Create()
    {
        var command = new Command("import", "Imports parts from Octoparts' exported-parts.json into a running gateway.") { File, Mode, DryRun, Management };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var file = parsed.GetRequiredValue(File);
        if (!file.Exists)
        {
            await Console.Error.WriteLineAsync($"There is no file {file.FullName}");
            return 1;
        }

        var management = parsed.GetRequiredValue(Management);
        var content = new StreamContent(file.OpenRead());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var query = $"mode={Uri.EscapeDataString(parsed.GetRequiredValue(Mode))}&dryRun={(parsed.GetValue(DryRun) ? "true" : "false")}";
        var request = new HttpRequestMessage(HttpMethod.Post, $"{management.TrimEnd('/')}/admin/api/import?{query}") { Content = content };
        return await Remote.AskAsync(management, request, PrintAsync, ct);
    }

    static async Task<int> PrintAsync(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
        {
            return await Remote.RefusedAsync(response);
        }

        Console.WriteLine(await response.Content.ReadAsStringAsync());
        return 0;
    }
}
