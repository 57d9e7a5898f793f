using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Tutti.Batching.Dispatch;
using Tutti.Batching.Reading;
using Tutti.Batching.Running;

namespace Tutti.Batching.Answering;

/// <summary>Answers as <c>application/x-ndjson</c>: a line per response when it is there, and a summary.</summary>
internal static class LineAnswer
{
    const string MediaType = "application/x-ndjson";

    /// <summary>Whether lines are accepted, and no less than one JSON document.</summary>
    public static bool IsWanted(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains(MediaType, StringComparison.OrdinalIgnoreCase)
        && MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && QualityOf(accepted, MediaType) is > 0 and var lines
        && lines >= (QualityOf(accepted, "application/json") ?? 0);

    public static async Task WriteAsync(HttpContext context, BatchRun run, BatchWishes wishes, TuttiBatchingOptions options)
    {
        context.Response.ContentType = $"{MediaType}; charset=utf-8";
        CacheFields.ForbidStoring(context);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await context.Response.StartAsync(context.RequestAborted);
        using var line = new PooledBuffer();
        using var json = new Utf8JsonWriter(line, AnswerJson.Options);
        await foreach (var call in run.Told.ReadAllAsync(context.RequestAborted))
        {
            ResponseObject.Write(json, call, run.Dialect, options.MaxJsonDepth);
            await EndLineAsync(context, json, line);
        }

        WriteSummary(json, run, wishes);
        await EndLineAsync(context, json, line);
    }

    static async ValueTask EndLineAsync(HttpContext context, Utf8JsonWriter json, PooledBuffer line)
    {
        json.Flush();
        json.Reset();
        line.PutOnOneLine();
        await context.Response.BodyWriter.WriteAsync(line.Written, context.RequestAborted);
        line.Clear();
    }

    static void WriteSummary(Utf8JsonWriter json, BatchRun run, BatchWishes wishes)
    {
        json.WriteStartObject();
        json.WriteBoolean("complete"u8, BatchOutcome.IsComplete(run));
        json.WriteNumber("status"u8, BatchOutcome.StatusOf(run, wishes));
        json.WriteNumber("succeeded"u8, run.Calls.Count(call => call.IsSuccess));
        json.WriteNumber("failed"u8, run.Calls.Count(call => !call.IsSuccess));
        json.WriteEndObject();
    }

    static double? QualityOf(IList<MediaTypeHeaderValue> accepted, string type) =>
        accepted.FirstOrDefault(value => value.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)) is { } found ? found.Quality ?? 1 : null;
}
