using System.Text.Json.Serialization;
using Tutti.Contracts.Aggregation;
using Tutti.Contracts.Registry;

namespace Tutti.Contracts;

/// <summary>What the source generator fills.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AggregateRequest))]
[JsonSerializable(typeof(AggregateResponse))]
[JsonSerializable(typeof(HttpPartConfig))]
[JsonSerializable(typeof(IReadOnlyList<HttpPartConfig>))]
sealed partial class ContractsJsonContext : JsonSerializerContext;
