using System.Text;
using System.Text.Json;
using Tutti.Bench.Load.Sides;

namespace Tutti.Bench.Load.Measuring;

/// <summary>Asks a side once and makes sure that it did the work: what is compared must be the same answer.</summary>
static class AnswerCheck
{
    static readonly HttpClient Http = new();

    static readonly string[] Always =
    [
        "cacheControl", "charset", "contents", "cookies", "errors", "id", "mimeType", "partId",
        "retrievedFromCache", "retrievedFromLocalContents", "statusCode", "warnings",
    ];

    public static async Task RunAsync(Side side, int parts, string body, CancellationToken ct)
    {
        if (side.KeptOfTen > 0)
        {
            // The first one fills the cache.
            using var first = new StringContent(body, Encoding.UTF8, "application/json");
            (await Http.PostAsync(side.Aggregate, first, ct)).Dispose();
        }

        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync(side.Aggregate, content, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        Require(response.IsSuccessStatusCode, side, $"answered {(int)response.StatusCode}: {text}");
        using var answer = JsonDocument.Parse(text);
        using var asked = JsonDocument.Parse(body);
        var responses = answer.RootElement.GetProperty("responses").EnumerateArray().ToArray();
        Require(responses.Length == parts, side, $"gave {responses.Length} responses for {parts} parts");
        foreach (var (request, part) in asked.RootElement.GetProperty("requests").EnumerateArray().Zip(responses))
        {
            CheckPart(side, request, part);
        }
    }

    static void CheckPart(Side side, JsonElement request, JsonElement part)
    {
        Require(part.TryGetProperty("statusCode", out var status), side, $"has a part without a status: {part}");
        Require(status.GetInt32() == 200, side, $"has a part without status 200: {part}");
        Require(part.GetProperty("contents").GetString() == Stub.Body, side, $"has a part with other contents than the stub's: {part}");
        Require(part.GetProperty("errors").GetArrayLength() == 0, side, $"has a part with errors: {part}");
        var isKept = request.GetProperty("partId").GetString()!.StartsWith("kept", StringComparison.Ordinal);
        Require(part.GetProperty("retrievedFromCache").GetBoolean() == isKept, side, $"has a part from the wrong place: {part}");
        Require(part.GetProperty("partId").ValueEquals(request.GetProperty("partId").GetString()), side, $"answers out of order: {part}");
        Require(part.GetProperty("id").ValueEquals(request.GetProperty("id").GetString()), side, $"loses a request's id: {part}");
        var names = part.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal).ToArray();
        Require(Always.Except(names).All(name => name == "charset"), side, $"lacks a field: {part}");
        Require(!names.Except(Always).Any(), side, $"has a field that the others lack: {part}");
    }

    static void Require(bool holds, Side side, string otherwise)
    {
        if (!holds)
        {
            throw new LoadFault($"Not comparable: {side.Name} {otherwise}");
        }
    }
}
