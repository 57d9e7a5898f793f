using System.CommandLine;
using System.Text.Json;

namespace Tutti.Server.Commands;

/// <summary><c>tutti env</c>: prints the environment of a bundle, for a shell to read.</summary>
static class EnvCommand
{
    static readonly Argument<string> Bundle = new("bundle") { Description = "The id of the bundle" };
    static readonly Option<string> Instance = new("--instance") { Description = "The instance that is to run in it; gives it a status address of its own and its endpoints" };
    static readonly Option<string> Management = Remote.ManagementOption();

    public static Command Create()
    {
        var command = new Command("env", "Prints the variables that ConductR's libraries read, as export lines for a shell.") { Bundle, Instance, Management };
        command.SetAction(RunAsync);
        return command;
    }

    static Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var management = parsed.GetRequiredValue(Management);
        var query = parsed.GetValue(Instance) is { Length: > 0 } instance ? $"?instance={Uri.EscapeDataString(instance)}" : "";
        var address = $"{management.TrimEnd('/')}/admin/api/bundles/{Uri.EscapeDataString(parsed.GetRequiredValue(Bundle))}/environment{query}";
        return Remote.AskAsync(management, new HttpRequestMessage(HttpMethod.Get, address), PrintAsync, ct);
    }

    static async Task<int> PrintAsync(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
        {
            return await Remote.RefusedAsync(response);
        }

        using var variables = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        foreach (var variable in variables.RootElement.EnumerateObject())
        {
            Console.WriteLine($"export {variable.Name}={Quoted(variable.Value.GetString()!)}");
        }

        return 0;
    }

    /// <summary>Within single quotes a shell reads everything as it stands.</summary>
    static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
