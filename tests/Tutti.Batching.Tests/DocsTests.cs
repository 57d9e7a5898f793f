using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Tutti.Batching.Tests;

/// <summary>Runs the curl lines of the page and compares what they print with what the page says.</summary>
public sealed partial class DocsTests
{
    [Fact]
    public async Task Every_curl_line_of_the_page_prints_what_the_page_says()
    {
        await using var host = await Host.SampleAsync();
        var examples = Examples().ToArray();

        foreach (var (command, output) in examples)
        {
            (await RunAsync(command.Replace("localhost:5000", host.Client.BaseAddress!.Authority, StringComparison.Ordinal))).ShouldBe(output, command);
        }

        examples.Length.ShouldBeGreaterThan(10);
    }

    /// <summary>A command begins with a dollar and goes on while a quote is open; what follows it is its output.</summary>
    static IEnumerable<(string Command, string Output)> Examples()
    {
        foreach (Match block in Block().Matches(File.ReadAllText(PageOf(AppContext.BaseDirectory))))
        {
            string? command = null;
            var output = new List<string>();
            foreach (var line in block.Groups[1].Value.TrimEnd('\n').Split('\n'))
            {
                if (line.StartsWith("$ ", StringComparison.Ordinal))
                {
                    if (command is not null)
                    {
                        yield return (command, string.Join('\n', output));
                    }

                    command = line[2..];
                    output.Clear();
                }
                else if (command!.Count(c => c == '\'') % 2 == 1)
                {
                    command += $"\n{line}";
                }
                else
                {
                    output.Add(line);
                }
            }

            yield return (command!, string.Join('\n', output));
        }
    }

    static async Task<string> RunAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash") { ArgumentList = { "-c", command }, RedirectStandardOutput = true })!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return output.Replace("\r", "", StringComparison.Ordinal).TrimEnd('\n');
    }

    static string PageOf(string from)
    {
        var folder = new DirectoryInfo(from);
        while (!File.Exists(Path.Combine(folder!.FullName, "Tutti.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "docs", "batch.md");
    }

    [GeneratedRegex("^```\n(\\$ .*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
