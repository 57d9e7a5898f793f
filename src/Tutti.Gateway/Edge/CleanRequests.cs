using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Tutti.Gateway.Edge.Json;
using Tutti.Gateway.Edge.OldBrowsers;
using Tutti.Gateway.Registry.Services;
using Tutti.Gateway.Registry.Services.Routing;

namespace Tutti.Gateway.Edge;

/// <summary>What every request to a service goes through before cache and circuit: fields, then what old browsers left out, then the body.</summary>
internal sealed class CleanRequests(RequestOptions options, JsonBodies bodies, OldBrowserList browsers)
{
    /// <summary>Passes on what is clean.</summary>
    public Task HandleAsync(HttpContext context, RouteModel route, Func<HttpContext, RouteModel, Task> next)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        if (PassedFields.Fault(context.Request, target) is { } fault)
        {
            return fault.WriteAsync(context);
        }

        FreeStreams(context);
        var mode = route.Json ?? options.Json;
        return mode == JsonMode.Off ? next(context, route) : HandleJsonAsync(context, route, mode, next);
    }

    async Task HandleJsonAsync(HttpContext context, RouteModel route, JsonMode mode, Func<HttpContext, RouteModel, Task> next)
    {
        FillIn(context.Request);
        if (await bodies.JudgeAsync(context, route.Service, mode) is { } refusal)
        {
            await refusal.WriteAsync(context);
        }
        else
        {
            await next(context, route);
        }
    }

    /// <summary>Writes what old browsers cannot say, or say of images.</summary>
    void FillIn(HttpRequest request)
    {
        var lacksAccept = !request.Headers.Accept.ToString().Contains("json", StringComparison.OrdinalIgnoreCase);
        var lacksType = string.IsNullOrEmpty(request.ContentType);
        if ((!lacksAccept && !lacksType) || !browsers.Has(request.Headers))
        {
            return;
        }

        if (lacksAccept)
        {
            request.Headers.Accept = JsonMedia.Type;
        }

        if (lacksType && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is true)
        {
            request.ContentType = $"{JsonMedia.Type}; charset=utf-8";
        }
    }

    /// <summary>Calls of gRPC are open as long as both sides like, and are silent in between.</summary>
    static void FreeStreams(HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) is true
            && context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }
}
