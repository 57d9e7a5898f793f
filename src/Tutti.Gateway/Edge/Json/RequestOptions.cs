using System.ComponentModel.DataAnnotations;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Edge.Json;

/// <summary>What requests to services must be: section <c>Tutti:Requests</c>.</summary>
internal sealed class RequestOptions
{
    /// <summary>Whether bodies must be JSON, unless the service or its rule says otherwise: <c>off</c>, <c>checked</c> or <c>required</c>.</summary>
    [EnumDataType(typeof(JsonMode))]
    public JsonMode Json { get; set; } = JsonMode.Off;

    /// <summary>The largest body that is checked, in bytes. It is held until it was found to be good.</summary>
    [Range(1, 1_073_741_824)]
    public int MaxJsonBytes { get; set; } = 1_048_576;

    /// <summary>The deepest nesting.</summary>
    [Range(1, 1_000)]
    public int MaxJsonDepth { get; set; } = 64;

    /// <summary>The most bytes of all bodies that are held at once.</summary>
    [Range(1_048_576, 1_099_511_627_776)]
    public long MaxHeldBytes { get; set; } = 268_435_456;
}
