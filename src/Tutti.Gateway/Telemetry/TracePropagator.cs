using System.Diagnostics;

namespace Tutti.Gateway.Telemetry;

/// <summary>Lets a caller's B3 headers be the parent of a request's span where there is no <c>traceparent</c>.</summary>
internal sealed class TracePropagator(DistributedContextPropagator inner) : DistributedContextPropagator
{
    public override IReadOnlyCollection<string> Fields => inner.Fields;

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) => inner.Inject(activity, carrier, setter);

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        inner.ExtractTraceIdAndState(carrier, getter, out traceId, out traceState);
        if (traceId is null && carrier is IHeaderDictionary headers && TraceHeaders.Read(headers) is { Ids: { } ids } caller)
        {
            traceId = $"00-{ids.Trace}-{ids.Span}-0{(caller.Sampled is true ? '1' : '0')}";
        }
    }

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) =>
        inner.ExtractBaggage(carrier, getter);
}
