using System.Text.Json.Serialization;
using Tutti.Gateway.Registry.Admin;

namespace Tutti.Gateway.Resilience.Admin;

/// <summary>JSON of circuits and pools, in the form of the registry's.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(CircuitView))]
[JsonSerializable(typeof(CircuitOrder))]
[JsonSerializable(typeof(Page<CircuitView>))]
[JsonSerializable(typeof(Page<PoolStateView>))]
internal sealed partial class ResilienceJson : JsonSerializerContext;
