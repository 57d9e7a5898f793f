using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Spectre.Console;
using Tutti.Contracts;
using Tutti.Contracts.Aggregation;

namespace Tutti.Server.Commands;

/// <summary><c>tutti invoke</c>: sends an aggregate and prints its answer as a table.</summary>
static class InvokeCommand
{
    static readonly Argument<FileInfo> File = new("file") { Description = "An aggregate request as JSON" };
    static readonly Option<string> Traffic = Remote.TrafficOption();

    public static Command Create()
    {
        var command = new Command("invoke", "Sends an aggregate request to a running gateway and prints its answer as a table.") { File, Traffic };
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

        var traffic = parsed.GetRequiredValue(Traffic);
        var content = new StreamContent(file.OpenRead());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, $"{traffic.TrimEnd('/')}/octoparts/2?timing") { Content = content };
        return await Remote.AskAsync(traffic, request, PrintAsync, ct);
    }

    static async Task<int> PrintAsync(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
        {
            return await Remote.RefusedAsync(response);
        }

        await using var body = await response.Content.ReadAsStreamAsync();
        var answer = (await JsonSerializer.DeserializeAsync(body, ContractsJson.AggregateResponse))!;
        var times = TimesOf(response);
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns("part", "status", "source");
        table.AddColumn(new TableColumn("time").RightAligned());
        table.AddColumn(new TableColumn("bytes").RightAligned());
        for (var i = 0; i < answer.Responses.Count; i++)
        {
            var part = answer.Responses[i];
            table.AddRow(
                Markup.Escape(part.Id),
                Markup.Escape(StatusOf(part)),
                SourceOf(part),
                i < times.Length ? $"{times[i]} ms" : "",
                Encoding.UTF8.GetByteCount(part.Contents ?? "").ToString("N0", CultureInfo.InvariantCulture));
        }

        AnsiConsole.Write(table);
        Console.WriteLine($"{answer.Responses.Count} parts in {answer.ResponseMeta.ProcessTime} ms");
        return 0;
    }

    static string StatusOf(PartResponse part) => part.Errors.Count == 0
        ? $"{part.StatusCode}"
        : $"{part.StatusCode} {string.Join("; ", part.Errors)}".TrimStart();

    static string SourceOf(PartResponse part) =>
        part.RetrievedFromLocalContents ? "local"
        : part.RetrievedFromCache ? "cache"
        : part.StatusCode is null ? "-"
        : "backend";

    /// <summary>The parts' times in milliseconds, from <c>Server-Timing</c>.</summary>
    static string[] TimesOf(HttpResponseMessage response) => response.Headers.TryGetValues("Server-Timing", out var values)
        ? [.. string.Join(',', values).Split(',').Select(metric => metric[(metric.IndexOf("dur=", StringComparison.Ordinal) + 4)..])]
        : [];
}
