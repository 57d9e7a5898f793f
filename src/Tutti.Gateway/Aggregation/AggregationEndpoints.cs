using Tutti.Gateway.Aggregation.OnePart;
using Tutti.Gateway.Aggregation.Wire;
using Tutti.Gateway.Edge.Answers;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Aggregation;

/// <summary>Maps the doors of parts: aggregates, discovery, one part.</summary>
internal static class AggregationEndpoints
{
    const string LeadsBack = "A part leads back to this gateway";

    public static IEndpointRouteBuilder MapAggregation(this IEndpointRouteBuilder routes)
    {
        var aggregate = routes.ServiceProvider.GetRequiredService<AggregateEndpoint>();
        var discovery = routes.ServiceProvider.GetRequiredService<DiscoveryEndpoint>();
        var part = routes.ServiceProvider.GetRequiredService<PartEndpoint>();
        var hidden = routes.ServiceProvider.GetRequiredService<FrameworkFields>();
        routes.MapPost("/octoparts/2", Once(aggregate.HandleAsync, static context => OctopartsError.WriteAsync(context, 508, LeadsBack)));
        routes.MapMethods("/octoparts/2/list", ["GET", "HEAD"], discovery.HandleGetAsync);
        routes.MapPost("/octoparts/2/list", (RequestDelegate)discovery.HandlePostAsync);
        routes.Map("/octoparts/2", MethodNotAllowed("POST"));
        routes.Map("/octoparts/2/list", MethodNotAllowed("GET, HEAD, POST"));
        routes.Map("/parts/{partId}", Once(
            context =>
            {
                hidden.RemoveFrom(context.Response);
                return part.HandleAsync(context, (string)context.GetRouteValue("partId")!);
            },
            static context => PartProblem.WriteAsync(context, 508, "Loop detected", LeadsBack)));
        return routes;
    }

    /// <summary>A part that leads back to this gateway would ask itself without end.</summary>
    static RequestDelegate Once(RequestDelegate door, RequestDelegate refuse) => context => LoopMark.IsLoop(context.Request.Headers) ? refuse(context) : door(context);

    /// <summary>Routing's own answer does not say on which listener it stands, so that listener would hide it.</summary>
    static RequestDelegate MethodNotAllowed(string allowed) => context =>
    {
        context.Response.Headers.Allow = allowed;
        return OctopartsError.WriteAsync(context, 405, $"This door takes {allowed}");
    };
}
