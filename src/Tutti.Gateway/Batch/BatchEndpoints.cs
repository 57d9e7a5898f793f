using Tutti.Batching;

namespace Tutti.Gateway.Batch;

/// <summary>Maps the door of batches: parts, aggregates and everything else on the traffic listener, many in one.</summary>
internal static class BatchEndpoints
{
    const string Path = "/batch";

    public static IEndpointRouteBuilder MapBatch(this IEndpointRouteBuilder routes)
    {
        routes.MapTuttiBatch(Path);
        // Routing's own answer does not say on which listener it stands, so that listener would hide it.
        routes.Map(Path, static context =>
        {
            context.Response.Headers.Allow = "GET, HEAD, POST";
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        });
        return routes;
    }
}
