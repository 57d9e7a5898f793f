using System.Text.Json.Nodes;

namespace Tutti.FunctionalTests.Registry;

/// <summary>What the admin API answered.</summary>
internal sealed record Answer(int Status, JsonNode? Body, string? ETag, string? Location, string? MediaType, string? RetryAfter)
{
    /// <summary>The fields that a problem names.</summary>
    public IEnumerable<string> FaultyFields => Body?["errors"]?.AsObject().Select(pair => pair.Key) ?? [];
}
