using System.Diagnostics;

namespace Tutti.Gateway.Telemetry;

/// <summary>The spans of the gateway. Nothing is made while nobody listens.</summary>
internal static class TuttiTracing
{
    /// <summary>The name under which OpenTelemetry subscribes.</summary>
    public const string Name = "Tutti";

    static readonly ActivitySource Source = new(Name);

    /// <summary>Begins the span of one aggregate.</summary>
    public static Activity? StartAggregate(HttpContext context)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var parent = Activity.Current is null ? TraceHeaders.Read(context.Request.Headers).ToParent() : default;
        var span = Source.StartActivity("aggregate", ActivityKind.Internal, parent);
        if (span is not null && context.Connection.RemoteIpAddress is { } address)
        {
            span.SetTag("client.address", (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString());
        }

        if (span is not null && MetadataField.Of(context.Request.Headers) is { } metadata)
        {
            span.SetTag(MetadataField.Tag, metadata);
        }

        return span;
    }

    /// <summary>Begins the span of one call of a part.</summary>
    public static Activity? StartPart(string partId)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var span = Source.StartActivity("part", ActivityKind.Client);
        span?.SetTag("tutti.part", partId);
        return span;
    }

    /// <summary>Ends the span of a call with its status, or with the failure in words.</summary>
    public static void End(Activity? span, int status, string? failure)
    {
        if (span is null)
        {
            return;
        }

        if (failure is null)
        {
            span.SetTag("http.response.status_code", status);
        }

        if (failure is not null || status >= 500)
        {
            span.SetStatus(ActivityStatusCode.Error, failure);
        }
    }
}
