using System.Text.Json;
using Tutti.Batching.Dispatch;
using Tutti.Batching.Reading;
using Tutti.Batching.Running;

namespace Tutti.Batching.Answering;

/// <summary>Answers <c>GET</c>: one section per request, in the order asked.</summary>
internal static class SectionAnswer
{
    public static async Task WriteAsync(HttpContext context, BatchRun run, BatchWishes wishes, TuttiBatchingOptions options)
    {
        using var body = new PooledBuffer();
        using (var json = new Utf8JsonWriter(body, AnswerJson.Options))
        {
            json.WriteStartObject();
            foreach (var call in run.Calls)
            {
                json.WritePropertyName(call.Id);
                WriteSection(json, call, options.MaxJsonDepth);
            }

            json.WriteEndObject();
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers["Batch-Status"] = StatusField.Of(run.Calls);
        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body.Written, context.RequestAborted);
    }

    static void WriteSection(Utf8JsonWriter json, CallRun call, int maxDepth)
    {
        if (call.Problem is { } problem)
        {
            BatchProblem.Write(json, problem);
        }
        else if (call.Response!.Written.Written.IsEmpty)
        {
            json.WriteNullValue();
        }
        else
        {
            AnswerBody.Write(json, call.Response, maxDepth);
        }
    }
}
