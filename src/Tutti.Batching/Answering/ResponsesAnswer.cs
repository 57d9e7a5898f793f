using System.Text.Json;
using Tutti.Batching.Reading;
using Tutti.Batching.Running;

namespace Tutti.Batching.Answering;

/// <summary>Answers <c>POST</c>: <c>responses</c> in the order of the requests.</summary>
internal static class ResponsesAnswer
{
    /// <summary>How much is gathered before it is sent.</summary>
    const int Piece = 64 * 1024;

    public static async Task WriteAsync(HttpContext context, BatchRun run, BatchWishes wishes, TuttiBatchingOptions options)
    {
        BatchOutcome.Tell(context, run, wishes);
        context.Response.ContentType = "application/json; charset=utf-8";
        if (run.Dialect == BatchDialect.OData)
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers["OData-Version"] = VersionOf(context.Request);
        }

        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, AnswerJson.Options);
        json.WriteStartObject();
        json.WriteStartArray("responses"u8);
        foreach (var call in run.Calls)
        {
            ResponseObject.Write(json, call, run.Dialect, options.MaxJsonDepth);
            if (json.BytesPending > Piece || context.Response.BodyWriter.UnflushedBytes > Piece)
            {
                json.Flush();
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            }
        }

        json.WriteEndArray();
        if (run.Dialect != BatchDialect.OData)
        {
            json.WriteBoolean("complete"u8, BatchOutcome.IsComplete(run));
        }

        json.WriteEndObject();
    }

    /// <summary>Readers take 4.0 unless they say that they take more.</summary>
    static string VersionOf(HttpRequest request) => request.Headers["OData-MaxVersion"] == "4.01" ? "4.01" : "4.0";
}
