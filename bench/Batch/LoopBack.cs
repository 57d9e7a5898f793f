using System.Text.Json;

namespace Tutti.Bench.Batch;

/// <summary>What people write today: each request of the batch goes through a socket to this very process.</summary>
sealed class LoopBack(HttpClient client)
{
    public async Task AnswerAsync(HttpContext context)
    {
        using var batch = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
        var answers = await Task.WhenAll(batch.RootElement.GetProperty("requests").EnumerateArray().Select(AskAsync));
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteStartArray("responses");
        foreach (var (id, status, type, body) in answers)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteNumber("status", status);
            json.WriteStartObject("headers");
            json.WriteString("Content-Type", type);
            json.WriteEndObject();
            json.WritePropertyName("body");
            json.WriteRawValue(body);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    async Task<(string Id, int Status, string? Type, byte[] Body)> AskAsync(JsonElement request)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.GetProperty("method").GetString()!), request.GetProperty("url").GetString());
        using var answer = await client.SendAsync(message);
        return (request.GetProperty("id").GetString()!, (int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString(), await answer.Content.ReadAsByteArrayAsync());
    }
}
