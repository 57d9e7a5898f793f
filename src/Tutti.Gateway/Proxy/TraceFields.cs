using System.Diagnostics;
using System.Net.Http.Headers;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Proxy;

/// <summary>Hands the trace on: this gateway's own span where it makes one, else what the client brought, else a new trace.</summary>
internal static class TraceFields
{
    const string Parent = "traceparent";

    static readonly string[] Others = ["tracestate", "baggage"];

    public static void Write(IHeaderDictionary from, HttpRequestHeaders to)
    {
        to.Remove(Parent);
        foreach (var name in Others)
        {
            to.Remove(name);
            if (from.TryGetValue(name, out var values))
            {
                to.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } current)
        {
            foreach (var name in to.NonValidated.Select(field => field.Key).Where(TraceContext.IsHeader).ToArray())
            {
                to.Remove(name);
            }

            TraceContext.Of(current, from).AddTo(to);
        }
        else
        {
            to.TryAddWithoutValidation(Parent, from.TryGetValue(Parent, out var parent) ? parent.ToString() : NewParent());
        }
    }

    static string NewParent() => $"00-{ActivityTraceId.CreateRandom().ToHexString()}-{ActivitySpanId.CreateRandom().ToHexString()}-00";
}
