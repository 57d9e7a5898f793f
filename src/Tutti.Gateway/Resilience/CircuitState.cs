using System.Text.Json.Serialization;

namespace Tutti.Gateway.Resilience;

/// <summary>The states of a circuit.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CircuitState>))]
internal enum CircuitState
{
    /// <summary>Calls pass and are counted.</summary>
    [JsonStringEnumMemberName("closed")]
    Closed,

    /// <summary>Calls are refused.</summary>
    [JsonStringEnumMemberName("open")]
    Open,

    /// <summary>One trial is out; its end decides.</summary>
    [JsonStringEnumMemberName("half-open")]
    HalfOpen,
}
