using System.Text.Json.Serialization;

namespace Tutti.Batching.References;

/// <summary>How a text becomes JSON.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class TextJson : JsonSerializerContext;
