using System.Diagnostics;

namespace Tutti.Gateway.Telemetry;

/// <summary>Reads the trace that a caller brought: W3C Trace Context first, then B3 (single header, then several).</summary>
internal static class TraceHeaders
{
    public static bool TryRead(IHeaderDictionary headers, out ActivityContext context)
    {
        if (headers.TryGetValue("traceparent", out var traceparent)
            && ActivityContext.TryParse(traceparent, Printable(headers["tracestate"]), isRemote: true, out context))
        {
            return true;
        }

        if (headers.TryGetValue("b3", out var single) && single.ToString().Split('-') is [var trace, var span, ..] parts)
        {
            return TryMake(trace, span, parts.Length > 2 ? parts[2] : null, out context);
        }

        return TryMake(headers["X-B3-TraceId"], headers["X-B3-SpanId"], headers["X-B3-Sampled"], out context);
    }

    static bool TryMake(string? traceId, string? spanId, string? sampled, out ActivityContext context)
    {
        context = default;
        if (traceId is not { Length: 16 or 32 } || spanId is not { Length: 16 } || !IsHex(traceId) || !IsHex(spanId))
        {
            return false;
        }

        context = new ActivityContext(
            ActivityTraceId.CreateFromString(traceId.PadLeft(32, '0').ToLowerInvariant()),
            ActivitySpanId.CreateFromString(spanId.ToLowerInvariant()),
            sampled is "1" or "d" or "true" ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None,
            traceState: null,
            isRemote: true);
        return true;
    }

    static bool IsHex(string text) => text.All(char.IsAsciiHexDigit);

    /// <summary>A trace state goes out again as it came, so it must not carry what a header cannot.</summary>
    static string? Printable(string? state) =>
        state is { Length: > 0 and <= 512 } && !state.AsSpan().ContainsAnyExceptInRange(' ', '~') ? state : null;
}
