using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Tutti.Server.Commands;

/// <summary><c>tutti import</c>: brings a file of parts into the registry of a running gateway.</summary>
static class ImportCommand
{
    static readonly Argument<FileInfo> File = new("file") { Description = "An exported-parts.json" };
    static readonly Option<string> Mode = new("--mode") { Description = "add skips parts that exist, update replaces them", DefaultValueFactory = _ => "add" };
    static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only tell what would change" };
    static readonly Option<bool> Json = new("--json") { Description = "Print the whole difference as JSON, not only its summary" };
    static readonly Option<string> Management = Remote.ManagementOption();

    public static Command Create()
    {
        var command = new Command("import", "Imports parts from Octoparts' exported-parts.json into a running gateway.") { File, Mode, DryRun, Json, Management };
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
        return await Remote.AskAsync(management, request, answer => PrintAsync(answer, parsed.GetValue(Json)), ct);
    }

    static async Task<int> PrintAsync(HttpResponseMessage response, bool whole)
    {
        if (!response.IsSuccessStatusCode)
        {
            return await Remote.RefusedAsync(response);
        }

        using var difference = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Console.WriteLine(whole ? difference.RootElement.GetRawText() : difference.RootElement.GetProperty("message").GetString());
        return 0;
    }
}
