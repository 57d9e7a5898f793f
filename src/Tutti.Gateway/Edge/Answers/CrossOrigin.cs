using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;
using Tutti.Batching;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Edge.Answers;

/// <summary>Answers preflights at the edge and marks the answers, errors among them, that pages of other origins may read.</summary>
internal static class CrossOrigin
{
    static readonly string[] UsualMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

    static readonly string[] UsualHeaders = ["Accept", "Content-Type", "If-Match", "If-None-Match", "X-API-Authenticate", "X-API-Token", MetadataField.Name];

    /// <summary>Nothing is asked of any request where no origin is named: then services answer preflights themselves.</summary>
    public static void UseCrossOrigin(this IApplicationBuilder app, Func<HttpContext, bool> isTraffic)
    {
        var options = app.ApplicationServices.GetRequiredService<CrossOriginOptions>();
        if (options.Origins.Length == 0)
        {
            return;
        }

        // Requests of a batch are answered within the answer of the batch, which has the fields.
        app.UseWhen(
            context => isTraffic(context) && context.Request.Headers.Origin.Count > 0 && context.Features.Get<IBatchedRequestFeature>() is null,
            branch => branch.UseCors(policy => Build(policy, options)));
        if (!options.IsForAny())
        {
            app.UseWhen(context => isTraffic(context) && IsKept(context.Request), static branch => branch.Use(VaryAsync));
        }
    }

    /// <summary>Whether a browser may keep the answer and find it again for a page of another origin.</summary>
    static bool IsKept(HttpRequest request) => request.Headers.Origin.Count == 0 && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));

    static Task VaryAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Origin);
            return Task.CompletedTask;
        });
        return next(context);
    }

    static void Build(CorsPolicyBuilder policy, CrossOriginOptions options)
    {
        policy.WithOrigins(options.Origins).SetIsOriginAllowedToAllowWildcardSubdomains();
        policy.SetPreflightMaxAge(TimeSpan.FromSeconds(options.MaxAgeSeconds));
        policy.WithMethods(options.Methods.Length > 0 ? options.Methods : UsualMethods);
        policy.WithHeaders(options.Headers.Length > 0 ? options.Headers : UsualHeaders);
        policy.WithExposedHeaders(options.ExposedHeaders);
        if (options.Credentials)
        {
            policy.AllowCredentials();
        }
    }
}
