using System.Text.Json.Serialization;

namespace Tutti.Gateway.Registry.Store;

/// <summary>JSON of the settings column: unknown fields, which a newer version may have written, are passed over.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PartSettings))]
internal sealed partial class SettingsJson : JsonSerializerContext;
