using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tutti.Contracts.Aggregation;
using Tutti.Contracts.Registry;

namespace Tutti.Contracts;

/// <summary>Source-generated JSON of the wire records: camel case, absent fields left out, names case-sensitive.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AggregateRequest))]
[JsonSerializable(typeof(AggregateResponse))]
[JsonSerializable(typeof(HttpPartConfig))]
[JsonSerializable(typeof(IReadOnlyList<HttpPartConfig>))]
public sealed partial class ContractsJson : JsonSerializerContext
{
    /// <summary>The same, without escaping what only HTML pages need escaped: for bodies sent as <c>application/json</c>.</summary>
    public static ContractsJson Relaxed => field ??= new(new JsonSerializerOptions(Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
