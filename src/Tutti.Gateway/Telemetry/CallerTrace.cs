using System.Diagnostics;

namespace Tutti.Gateway.Telemetry;

/// <summary>What a caller said of the trace that its request belongs to.</summary>
/// <param name="Ids">Null where the caller brought none.</param>
/// <param name="Sampled">Null where nobody has decided about sampling.</param>
internal readonly record struct CallerTrace((ActivityTraceId Trace, ActivitySpanId Span)? Ids, bool? Sampled, string? State = null)
{
    /// <summary>The caller's span as a parent; the default where there is none. What is not decided counts as not sampled.</summary>
    public ActivityContext ToParent() => Ids is { } ids
        ? new ActivityContext(ids.Trace, ids.Span, Sampled is true ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None, State, isRemote: true)
        : default;
}
