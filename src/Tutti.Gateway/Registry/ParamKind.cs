using System.Text.Json.Serialization;

namespace Tutti.Gateway.Registry;

/// <summary>Where the value of a param goes in the backend's request.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ParamKind>))]
internal enum ParamKind
{
    [JsonStringEnumMemberName("query")]
    Query,

    [JsonStringEnumMemberName("path")]
    Path,

    [JsonStringEnumMemberName("header")]
    Header,

    [JsonStringEnumMemberName("cookie")]
    Cookie,

    [JsonStringEnumMemberName("body")]
    Body,
}
