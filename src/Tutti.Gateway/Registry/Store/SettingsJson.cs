using System.Text.Json.Serialization;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Registry.Store;

/// <summary>JSON of the settings column: unknown fields, which a newer version may have written, are passed over.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PartSettings))]
[JsonSerializable(typeof(ServiceConfig))]
[JsonSerializable(typeof(BundleConfig))]
[JsonSerializable(typeof(InstanceConfig))]
internal sealed partial class SettingsJson : JsonSerializerContext;
