using System.Buffers;
using System.Text;
using Tutti.Batching;
using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Aggregation.Wire;
using Tutti.Gateway.Caching;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Aggregation;

/// <summary>The door of aggregates: <c>POST /octoparts/2</c>.</summary>
internal sealed class AggregateEndpoint(
    AggregatePlanner planner,
    PartFanOut fanOut,
    AggregateWriter writer,
    AggregateGate gate,
    TuttiMetrics metrics,
    AggregationOptions options,
    CachingOptions caching,
    TimeProvider clock)
{
    /// <summary>The status under which an aggregate is counted whose caller did not wait for it.</summary>
    const int CallerLeft = 499;

    public async Task HandleAsync(HttpContext context)
    {
        var began = clock.GetTimestamp();
        if (!gate.TryEnter())
        {
            metrics.AggregateEnded(503, clock.GetElapsedTime(began), context.Request.Headers);
            await OctopartsError.WriteAsync(context, 503, "The gateway is at its limit of concurrent aggregates", retryAfter: 1);
            return;
        }

        var status = 500;
        try
        {
            if (await BindAsync(context) is { } request)
            {
                await AnswerAsync(context, request, began);
            }

            status = context.Response.StatusCode;
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            status = e.StatusCode;
            await OctopartsError.WriteAsync(context, status, RequestBody.Unreadable(e));
        }
        finally
        {
            gate.Leave();
            metrics.AggregateEnded(context.RequestAborted.IsCancellationRequested ? CallerLeft : status, clock.GetElapsedTime(began), context.Request.Headers);
        }
    }

    /// <summary>Step 1. Reads and validates the request, or answers what is wrong with it.</summary>
    async ValueTask<AggregateRequest?> BindAsync(HttpContext context)
    {
        if (RequestMedia.Refuse(context.Request) is { } refusal)
        {
            await OctopartsError.WriteAsync(context, 415, refusal);
            return null;
        }

        if (await RequestBody.ReadAsync(context.Request, options.MaxRequestBytes, context.RequestAborted) is not { } body)
        {
            await OctopartsError.WriteAsync(context, 413, $"The request is larger than {options.MaxRequestBytes} bytes");
            return null;
        }

        var utf8 = RequestMedia.ToUtf8(context.Request, body);
        var request = AggregateRequestReader.Read(utf8, options, out var problem);
        context.Request.BodyReader.AdvanceTo(body.End);
        if (request is null)
        {
            await OctopartsError.WriteAsync(context, 400, problem!);
        }
        else if (context.Features.Get<IBatchedRequestFeature>()?.TryCharge(request.Requests.Count, options.MaxParts) == false)
        {
            await OctopartsError.WriteAsync(context, 413, $"The aggregates of one batch ask for more than {options.MaxParts} parts together");
            return null;
        }

        return request;
    }

    async Task AnswerAsync(HttpContext context, AggregateRequest request, long began)
    {
        using var span = TuttiTracing.StartAggregate(context);
        var trace = span is null ? TraceContext.FromCaller(context.Request.Headers) : TraceContext.Of(span, context.Request.Headers);
        var plan = planner.Plan(request, trace, ClientCacheControl.WantsNew(context.Request, caching));
        var limit = TimeSpan.FromMilliseconds(Math.Min(request.RequestMeta.Timeout ?? int.MaxValue, options.MaxTimeoutMs));
        var deadlines = new AggregateDeadlines(limit, TimeSpan.FromMilliseconds(options.WriteReserveMs), clock, context.RequestAborted);
        var gathering = await fanOut.RunAsync(plan.Calls, deadlines);
        if (context.RequestAborted.IsCancellationRequested)
        {
            Leave(plan, gathering);
            return;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        if (context.Request.QueryString.HasValue && context.Request.Query.ContainsKey("timing"))
        {
            context.Response.Headers["Server-Timing"] = ServerTiming.Of(plan, gathering);
        }

        using var answer = writer.Write(request, plan, gathering, clock.GetElapsedTime(began));
        Leave(plan, gathering);
        await answer.SendAsync(context.Response, context.RequestAborted);
    }

    /// <summary>The outcomes are written, or nobody wants them.</summary>
    static void Leave(AggregatePlan plan, Gathering gathering)
    {
        gathering.Leave();
        plan.Leave();
    }
}
