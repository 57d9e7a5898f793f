using System.Text.Json.Serialization;

namespace Tutti.Gateway.Caching;

/// <summary>The JSON of the cache.</summary>
[JsonSerializable(typeof(PartFingerprint))]
internal sealed partial class CachingJson : JsonSerializerContext;
