using Tutti.Batching.Reading;
using Tutti.Batching.Running;

namespace Tutti.Batching.Answering;

/// <summary>The door of batches: reads one, runs it, answers it.</summary>
internal sealed class BatchEndpoint(QueryReader query, BodyReader body, BatchRunner runner)
{
    public async Task GetAsync(HttpContext context)
    {
        if (Nested(context) is { } nested)
        {
            await BatchProblem.WriteAsync(context, nested);
            return;
        }

        var plan = query.Read(context.Request.QueryString, out var refusal);
        if (plan is null)
        {
            await BatchProblem.WriteAsync(context, refusal!);
            return;
        }

        using var run = runner.Create(context, plan, tells: false);
        run.Start(context.RequestAborted);
        await run.Ended;
        await SectionAnswer.WriteAsync(context, run, plan.Wishes, runner.Options);
    }

    public async Task PostAsync(HttpContext context)
    {
        if (Nested(context) is { } nested)
        {
            await BatchProblem.WriteAsync(context, nested);
            return;
        }

        var (plan, refusal) = await body.ReadAsync(context);
        if (plan is null)
        {
            await BatchProblem.WriteAsync(context, refusal!);
            return;
        }

        using var run = runner.Create(context, plan, tells: false);
        run.Start(context.RequestAborted);
        await run.Ended;
    }

    /// <summary>A request of a batch that arrived here, whatever the path was by which it did.</summary>
    static BatchRefusal? Nested(HttpContext context) => context.Features.Get<IBatchedRequestFeature>() is null
        ? null
        : new BatchRefusal(StatusCodes.Status400BadRequest, "Batch inside a batch", ["A request of a batch cannot be a batch itself"]);
}
