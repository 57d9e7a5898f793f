using System.Diagnostics;
using Tutti.Gateway.Edge.OldBrowsers;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Edge;

/// <summary>The first that every request meets: refuses what is no clean request, and keeps what it says that it belongs to.</summary>
internal sealed class EdgeDoor(ILogger<EdgeDoor> log)
{
    public Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        var fault = Framing.Fault(context.Request) ?? context.Features.Get<TurnedRequest>()?.Fault;
        if (fault is not null)
        {
            return fault.WriteAsync(context);
        }

        var metadata = context.Request.Headers[MetadataField.Name];
        return metadata.Count == 0 ? next(context)
            : MetadataField.Fault(metadata) is { } message ? ApiError.BadRequest(message).WriteAsync(context)
            : KeepAsync(context, $"{metadata}", next);
    }

    async Task KeepAsync(HttpContext context, string metadata, RequestDelegate next)
    {
        Activity.Current?.SetTag(MetadataField.Tag, metadata);
        using (log.BeginScope(new MetadataScope(metadata)))
        {
            await next(context);
        }
    }
}
