using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Tutti.Batching.Dispatch;
using Tutti.Batching.Reading;
using Tutti.Batching.Running;

namespace Tutti.Batching.Answering;

/// <summary>Answers <c>GET</c>: one section per request, in the order asked.</summary>
internal static class SectionAnswer
{
    public static async Task WriteAsync(HttpContext context, BatchRun run, BatchWishes wishes, BatchRunner runner)
    {
        using var body = new PooledBuffer();
        WriteSections(body, run, wishes.IsFull, runner.Options.MaxJsonDepth);
        BatchOutcome.Tell(context, run, wishes);
        context.Response.Headers["Batch-Status"] = StatusField.Of(run.Calls);
        CacheFields.Tell(context, run, runner.Clock);
        if (CacheFields.IsKnown(context, body.Written.Span))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body.Written, context.RequestAborted);
    }

    static void WriteSections(PooledBuffer body, BatchRun run, bool isFull, int maxDepth)
    {
        using var json = new Utf8JsonWriter(body, AnswerJson.Options);
        json.WriteStartObject();
        foreach (var call in run.Calls)
        {
            json.WritePropertyName(call.Id);
            if (isFull)
            {
                ResponseObject.WriteSection(json, call, maxDepth);
            }
            else
            {
                WriteSection(json, call, maxDepth);
            }
        }

        json.WriteEndObject();
    }

    static void WriteSection(Utf8JsonWriter json, CallRun call, int maxDepth)
    {
        if (ProblemOf(call, maxDepth) is { } problem)
        {
            BatchProblem.Write(json, problem);
        }
        else if (call.Response!.Written.Written.IsEmpty && !AnswerBody.IsEmptyText(call.Response))
        {
            json.WriteNullValue();
        }
        else
        {
            AnswerBody.Write(json, call.Response, BatchDialect.Plain, maxDepth);
        }
    }

    /// <summary>What failed holds a JSON error; where the endpoint has none of its own, this one.</summary>
    static CallProblem? ProblemOf(CallRun call, int maxDepth) =>
        call.Problem is not null || call.IsSuccess || AnswerBody.IsJson(call.Response!, maxDepth)
            ? call.Problem
            : new CallProblem(call.Status, ReasonPhrases.GetReasonPhrase(call.Status), AnswerBody.ShortText(call.Response!));
}
