using System.Text.Json.Serialization;

namespace Tutti.Gateway.Registry.Import;

/// <summary>JSON of entries as they are compared: every field stands there, so that a difference shows both sides.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PartConfig))]
[JsonSerializable(typeof(PoolConfig))]
[JsonSerializable(typeof(CacheGroupConfig))]
internal sealed partial class ImportJson : JsonSerializerContext;
