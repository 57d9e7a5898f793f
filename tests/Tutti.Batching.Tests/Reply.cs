using System.Net.Http.Headers;
using System.Text.Json;

namespace Tutti.Batching.Tests;

/// <summary>What came back.</summary>
internal sealed record Reply(int Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The responses of a JSON batch by their ids.</summary>
    public Dictionary<string, JsonElement> Responses => Json.GetProperty("responses").EnumerateArray().ToDictionary(response => response.GetProperty("id").GetString()!);

    /// <summary>What is wrong with a batch that was not run.</summary>
    public string[] Errors => [.. Json.GetProperty("errors").EnumerateArray().Select(error => error.GetString()!)];

    public string? Header(string name) =>
        Headers.TryGetValues(name, out var values) || ContentHeaders.TryGetValues(name, out values) ? string.Join(", ", values) : null;
}
