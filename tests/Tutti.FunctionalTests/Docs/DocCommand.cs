using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Tutti.FunctionalTests.Docs;

/// <summary>A line of curl in one of the project's pages, and the output that the page shows below it; null where it shows none.</summary>
internal sealed partial record DocCommand(string Text, string? Output)
{
    /// <summary>Where the project is.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../.."));

    /// <summary>The commands of a page, in their order. A block shows output where its commands stand behind a prompt.</summary>
    public static IReadOnlyList<DocCommand> Of(string page) =>
        [.. Block().Matches(File.ReadAllText(Path.Combine(Root, page))).SelectMany(block => OfBlock(block.Groups[1].Value)).Where(command => command.Text.StartsWith("curl ", StringComparison.Ordinal))];

    /// <summary>Runs it with bash.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> RunAsync(string folder, Func<string, string> place)
    {
        // What shows no output has to succeed.
        var curl = Output is null ? "curl() { command curl -sS --fail-with-body \"$@\"; }\n" : "";
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", $"{curl}{place(Text)}"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{Text}\n{output}{await errors}");
        return output;
    }

    /// <summary>Whether the page tells the truth: <c>...</c> stands for anything, and times, versions, ids and line breaks may differ.</summary>
    public bool Shows(string output, Func<string, string> place)
    {
        var pieces = Flat(place(Output!)).Split("...").Select(piece => Regex.Escape(piece.Trim()));
        return Regex.IsMatch(Flat(output), $"^{string.Join(".*", pieces)}$");
    }

    static IEnumerable<DocCommand> OfBlock(string block)
    {
        var hasPrompt = block.StartsWith("$ ", StringComparison.Ordinal);
        var lines = new Queue<string>(block.TrimEnd('\n').Split('\n'));
        while (lines.TryDequeue(out var line))
        {
            var text = new StringBuilder(hasPrompt ? line[2..] : line);
            while (text.ToString().Count(letter => letter == '\'') % 2 == 1 && lines.TryDequeue(out var more))
            {
                text.Append('\n').Append(more);
            }

            var output = new List<string>();
            while (hasPrompt && lines.TryPeek(out var next) && !next.StartsWith("$ ", StringComparison.Ordinal))
            {
                output.Add(lines.Dequeue());
            }

            yield return new DocCommand(text.ToString(), hasPrompt ? string.Join('\n', output) : null);
        }
    }

    static string Flat(string text) => Varying().Replace(Date().Replace(text, ""), "$1#").Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);

    static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex("^```\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    /// <summary>What is another each time.</summary>
    [GeneratedRegex(@"(""processTime"":|""version"":|""calls"":|""maxActive"":|""entered"":|""remainingMs"":|""bytes"":|ttl=|ETag: "")\d+|\btutti-[0-9a-f]{8}\b|\b[0-9a-f]{16,32}\b")]
    private static partial Regex Varying();

    [GeneratedRegex("^(Date|Server): .*$", RegexOptions.Multiline)]
    private static partial Regex Date();
}
