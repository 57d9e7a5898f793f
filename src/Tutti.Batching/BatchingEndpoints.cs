using Tutti.Batching.Answering;
using Tutti.Batching.Dispatch;

namespace Tutti.Batching;

/// <summary>Maps the door of batches.</summary>
public static class BatchingEndpoints
{
    /// <summary>
    /// Maps <c>GET</c> and <c>POST</c> of a batch: <c>GET /batch?f=/foo&amp;b=/bar</c>, and the JSON batch of OData 4.01 and Microsoft Graph.
    /// Under the name <c>$batch</c> an absolute path that does not begin with the folder of the endpoint is looked for below it, as Graph's
    /// clients expect.
    /// </summary>
    /// <param name="endpoints">The endpoints of the app.</param>
    /// <param name="pattern">The path.</param>
    /// <returns>The conventions of the endpoint: authorisation, rate limits, filters and metadata are added here.</returns>
    public static IEndpointConventionBuilder MapTuttiBatch(this IEndpointRouteBuilder endpoints, string pattern = "/batch")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        if (endpoints.ServiceProvider.GetService<AppPipeline>() is null)
        {
            throw new InvalidOperationException("Batching is not registered: call builder.Services.AddTuttiBatching()");
        }

        var batch = endpoints.ServiceProvider.GetRequiredService<BatchEndpoint>();
        var group = endpoints.MapGroup(pattern);
        // As delegates, not request delegates: only these are told to OpenAPI.
        group.MapMethods("", [HttpMethods.Get, HttpMethods.Head], (Delegate)batch.GetAsync)
            .WithSummary("Many GET requests in one")
            .WithDescription("Each query parameter names a section of the answer and the url that fills it: ?f=/foo&b=/bar. _envelope=full adds status and headers; _require names the sections without which the answer is 424.")
            .Produces<object>(StatusCodes.Status200OK, "application/json", "application/x-ndjson")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapPost("", (Delegate)batch.PostAsync)
            .WithSummary("Many requests in one, as the JSON batch of OData 4.01 and Microsoft Graph")
            .WithDescription("requests with id, method, url, headers, body, dependsOn and if are answered by responses with id, status, headers and body.")
            // Anything else is refused by the endpoint itself, which says what is accepted.
            .Accepts<object>("application/json", "*/*")
            .Produces<object>(StatusCodes.Status200OK, "application/json", "application/x-ndjson")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            // A name is for one endpoint, and both have the same path.
            .Finally(RemoveName);
        return group;
    }

    static void RemoveName(EndpointBuilder endpoint)
    {
        foreach (var name in endpoint.Metadata.OfType<IEndpointNameMetadata>().ToArray())
        {
            endpoint.Metadata.Remove(name);
        }
    }
}
