using System.Text.Json.Serialization;
using Tutti.Gateway.Caching.Invalidating;

namespace Tutti.Gateway.Caching;

/// <summary>The JSON of the cache.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PartFingerprint))]
[JsonSerializable(typeof(CacheView))]
[JsonSerializable(typeof(KeyOrder))]
internal sealed partial class CachingJson : JsonSerializerContext;
