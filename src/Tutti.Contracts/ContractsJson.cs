using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tutti.Contracts.Aggregation;
using Tutti.Contracts.Registry;

namespace Tutti.Contracts;

/// <summary>
/// The JSON of the wire records, source-generated: camel case, absent fields left out, names case-sensitive, and nothing escaped that
/// only HTML pages need escaped.
/// </summary>
public static class ContractsJson
{
    static readonly ContractsJsonContext Context = new(new JsonSerializerOptions(ContractsJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The body of <c>POST /octoparts/2</c>.</summary>
    public static JsonTypeInfo<AggregateRequest> AggregateRequest => Context.AggregateRequest;

    /// <summary>The answer to it.</summary>
    public static JsonTypeInfo<AggregateResponse> AggregateResponse => Context.AggregateResponse;

    /// <summary>One part as it is listed.</summary>
    public static JsonTypeInfo<HttpPartConfig> HttpPartConfig => Context.HttpPartConfig;

    /// <summary>The list of parts, and the file <c>exported-parts.json</c>.</summary>
    public static JsonTypeInfo<IReadOnlyList<HttpPartConfig>> HttpPartConfigs => Context.IReadOnlyListHttpPartConfig;
}
