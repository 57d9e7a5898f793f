using System.Text.Json;
using Tutti.Batching.Dispatch;
using Tutti.Batching.Reading;

namespace Tutti.Batching.Answering;

/// <summary>Writes problem details (RFC 9457): for a batch that is not run, and in the place of one answer.</summary>
internal static class BatchProblem
{
    public const string MediaType = "application/problem+json";

    /// <summary>How many faults are told: a small batch can have very many.</summary>
    const int MaxFaults = 100;

    public static async Task WriteAsync(HttpContext context, BatchRefusal refusal)
    {
        context.Response.StatusCode = refusal.Status;
        context.Response.ContentType = MediaType;
        CacheFields.ForbidStoring(context);
        if (refusal.Status == StatusCodes.Status415UnsupportedMediaType)
        {
            context.Response.Headers["Accept-Post"] = "application/json";
        }

        var faults = Told(refusal.Faults);
        await using (var json = new Utf8JsonWriter(context.Response.BodyWriter, AnswerJson.Options))
        {
            json.WriteStartObject();
            WriteMembers(json, new CallProblem(refusal.Status, refusal.Title, string.Join("; ", faults)));
            json.WriteStartArray("errors");
            foreach (var fault in faults)
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

    static IReadOnlyList<string> Told(IReadOnlyList<string> faults) =>
        faults.Count <= MaxFaults ? faults : [.. faults.Take(MaxFaults), $"{faults.Count - MaxFaults} more faults"];

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
