using System.Diagnostics;

namespace Tutti.Gateway.Telemetry;

/// <summary>Reads the trace that a caller brought: W3C Trace Context first, then B3 (single header, then several).</summary>
internal static class TraceHeaders
{
    /// <summary>The length of a <c>traceparent</c>; later versions may add to it, behind a dash.</summary>
    const int ParentLength = 55;

    public static CallerTrace Read(IHeaderDictionary headers)
    {
        if (ReadParent(headers["traceparent"], Printable(headers["tracestate"])) is { } caller)
        {
            return caller;
        }

        return headers.TryGetValue("b3", out var single)
            ? ReadSingle(single.ToString())
            : new CallerTrace(Ids(headers["X-B3-TraceId"], headers["X-B3-SpanId"]), headers["X-B3-Flags"] == "1" ? true : Decision(headers["X-B3-Sampled"]));
    }

    /// <summary>A version that is not known yet is read as far as this one goes (W3C Trace Context, 4.3).</summary>
    static CallerTrace? ReadParent(string? parent, string? state)
    {
        if (parent is { Length: > ParentLength } && parent[ParentLength] == '-' && !parent.StartsWith("00", StringComparison.Ordinal))
        {
            parent = parent[..ParentLength];
        }

        return ActivityContext.TryParse(parent, state, out var context)
            ? new CallerTrace((context.TraceId, context.SpanId), context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded), context.TraceState)
            : null;
    }

    /// <summary>Ids and decision in one header, or the decision alone.</summary>
    static CallerTrace ReadSingle(string b3) => b3.Split('-') switch
    {
        [var decision] => new CallerTrace(null, Decision(decision)),
        [var trace, var span] => new CallerTrace(Ids(trace, span), null),
        [var trace, var span, var decision, ..] => new CallerTrace(Ids(trace, span), Decision(decision)),
        _ => default,
    };

    static (ActivityTraceId, ActivitySpanId)? Ids(string? traceId, string? spanId) =>
        IsId(traceId, 32) || IsId(traceId, 16) ? IsId(spanId, 16) ? (TraceId(traceId!), SpanId(spanId!)) : null : null;

    static ActivityTraceId TraceId(string hex) => ActivityTraceId.CreateFromString(hex.PadLeft(32, '0').ToLowerInvariant());

    static ActivitySpanId SpanId(string hex) => ActivitySpanId.CreateFromString(hex.ToLowerInvariant());

    /// <summary>An id of nothing but zeros is none.</summary>
    static bool IsId(string? text, int length) =>
        text?.Length == length && text.All(char.IsAsciiHexDigit) && text.AsSpan().ContainsAnyExcept('0');

    /// <summary>Zipkin's <c>d</c>, debug, is a yes.</summary>
    static bool? Decision(string? sampled) => sampled switch
    {
        "1" or "d" or "true" => true,
        "0" or "false" => false,
        _ => null,
    };

    /// <summary>A trace state goes out again as it came, so it must not carry what a header cannot.</summary>
    static string? Printable(string? state) =>
        state is { Length: > 0 and <= 512 } && !state.AsSpan().ContainsAnyExceptInRange(' ', '~') ? state : null;
}
