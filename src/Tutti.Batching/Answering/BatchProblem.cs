using System.Text.Json;
using Tutti.Batching.Dispatch;
using Tutti.Batching.Reading;

namespace Tutti.Batching.Answering;

/// <summary>Writes problem details (RFC 9457): for a batch that is not run, and in the place of one answer.</summary>
internal static class BatchProblem
{
    public const string MediaType = "application/problem+json";

    public static async Task WriteAsync(HttpContext context, BatchRefusal refusal)
    {
        context.Response.StatusCode = refusal.Status;
        context.Response.ContentType = MediaType;
        CacheFields.ForbidStoring(context);
        if (refusal.Status == StatusCodes.Status415UnsupportedMediaType)
        {
            context.Response.Headers["Accept-Post"] = "application/json";
        }

        await using (var json = new Utf8JsonWriter(context.Response.BodyWriter, AnswerJson.Options))
        {
            json.WriteStartObject();
            WriteMembers(json, new CallProblem(refusal.Status, refusal.Title, string.Join("; ", refusal.Faults)));
            json.WriteStartArray("errors");
            foreach (var fault in refusal.Faults)
            {
                json.WriteStringValue(fault);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    public static void Write(Utf8JsonWriter json, CallProblem problem)
    {
        json.WriteStartObject();
        WriteMembers(json, problem);
        json.WriteEndObject();
    }

    static void WriteMembers(Utf8JsonWriter json, CallProblem problem)
    {
        json.WriteString("title"u8, problem.Title);
        json.WriteNumber("status"u8, problem.Status);
        if (problem.Detail.Length > 0)
        {
            json.WriteString("detail"u8, problem.Detail);
        }
    }
}
