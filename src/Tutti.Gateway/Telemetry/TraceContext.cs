using System.Diagnostics;
using System.Net.Http.Headers;

namespace Tutti.Gateway.Telemetry;

/// <summary>The trace that goes to backends, as W3C <c>traceparent</c> and as Zipkin's B3 headers, and what the caller said that it is about. Made once per request.</summary>
internal sealed class TraceContext
{
    readonly string _traceId;
    readonly string _spanId;
    readonly string? _sampled;
    readonly string _traceparent;
    readonly string? _tracestate;
    readonly string _loop;
    readonly string? _metadata;

    /// <param name="sampled">Null where nobody has decided: B3 then leaves the decision to whoever comes next.</param>
    TraceContext(ActivityTraceId traceId, ActivitySpanId spanId, bool? sampled, string? tracestate, string loop, string? metadata)
    {
        _traceId = traceId.ToHexString();
        _spanId = spanId.ToHexString();
        _sampled = sampled is { } decided ? decided ? "1" : "0" : null;
        _traceparent = $"00-{_traceId}-{_spanId}-0{_sampled ?? "0"}";
        _tracestate = tracestate;
        _loop = loop;
        _metadata = metadata;
    }

    public string TraceId => _traceId;

    /// <summary>The trace of an activity that belongs to a request.</summary>
    public static TraceContext Of(Activity activity, IHeaderDictionary headers) => Of(activity, LoopMark.After(headers), MetadataField.Of(headers));

    /// <summary>The same request, seen from a span of its own.</summary>
    public TraceContext Under(Activity span) => Of(span, _loop, _metadata);

    /// <summary>Goes on with the caller's trace, or begins one; about its sampling the caller may have decided all the same.</summary>
    public static TraceContext FromCaller(IHeaderDictionary headers)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } current)
        {
            return Of(current, headers);
        }

        var caller = TraceHeaders.Read(headers);
        return new(
            caller.Ids?.Trace ?? ActivityTraceId.CreateRandom(),
            ActivitySpanId.CreateRandom(),
            caller.Sampled,
            caller.State,
            LoopMark.After(headers),
            MetadataField.Of(headers));
    }

    static TraceContext Of(Activity activity, string loop, string? metadata) =>
        new(activity.TraceId, activity.SpanId, activity.Recorded, activity.TraceStateString, loop, metadata);

    /// <summary>Whether a header is one of those that carry the trace.</summary>
    public static bool IsHeader(string name) =>
        name.Equals("traceparent", StringComparison.OrdinalIgnoreCase)
        || name.Equals("tracestate", StringComparison.OrdinalIgnoreCase)
        || name.Equals("b3", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("X-B3-", StringComparison.OrdinalIgnoreCase)
        || LoopMark.IsHeader(name)
        || MetadataField.IsIt(name);

    /// <summary>Whether a value for this header would be hidden by the one that is written here.</summary>
    public bool Writes(string name) => IsHeader(name) && (_metadata is not null || !MetadataField.IsIt(name));

    public void AddTo(HttpRequestHeaders headers)
    {
        LoopMark.AddTo(headers, _loop);
        headers.TryAddWithoutValidation("traceparent", _traceparent);
        if (_tracestate is not null)
        {
            headers.TryAddWithoutValidation("tracestate", _tracestate);
        }

        headers.TryAddWithoutValidation("X-B3-TraceId", _traceId);
        headers.TryAddWithoutValidation("X-B3-SpanId", _spanId);
        if (_sampled is not null)
        {
            headers.TryAddWithoutValidation("X-B3-Sampled", _sampled);
        }

        if (_metadata is not null)
        {
            headers.TryAddWithoutValidation(MetadataField.Name, _metadata);
        }
    }
}
