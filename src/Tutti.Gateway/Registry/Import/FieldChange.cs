using System.Text.Json.Nodes;

namespace Tutti.Gateway.Registry.Import;

/// <summary>A field that an import changes.</summary>
/// <param name="Field">Its path in the entry's JSON, such as <c>backend.readTimeout</c>.</param>
internal sealed record FieldChange(string Field, JsonNode? From, JsonNode? To);
