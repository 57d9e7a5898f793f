using Tutti.Batching.Reading;
using Tutti.Batching.Running;

namespace Tutti.Batching.Answering;

/// <summary>The door of batches: reads one, runs it, answers it.</summary>
internal sealed class BatchEndpoint(QueryReader query, BodyReader body, BatchRunner runner)
{
    public Task GetAsync(HttpContext context)
    {
        if (Nested(context) is { } nested)
        {
            return BatchProblem.WriteAsync(context, nested);
        }

        var plan = query.Read(context.Request.QueryString, out var refusal);
        return plan is null ? BatchProblem.WriteAsync(context, refusal!) : RunAsync(context, plan, BatchDialect.Plain, isGet: true);
    }

    public async Task PostAsync(HttpContext context)
    {
        if (Nested(context) is { } nested)
        {
            await BatchProblem.WriteAsync(context, nested);
            return;
        }

        var (plan, refusal) = await body.ReadAsync(context);
        await (plan is null ? BatchProblem.WriteAsync(context, refusal!) : RunAsync(context, plan, DialectOf(context.Request), isGet: false));
    }

    Task RunAsync(HttpContext context, BatchPlan plan, BatchDialect dialect, bool isGet)
    {
        var tells = LineAnswer.IsWanted(context.Request);
        var run = runner.Create(context, plan, dialect, tells);
        var answer = tells ? AnswerLinesAsync(context, run, plan.Wishes) : AnswerAsync(context, run, plan.Wishes, isGet);
        // The answer waits already: should a request block this thread past the deadline, another one writes it.
        run.Start(here: !tells, context.RequestAborted);
        return answer;
    }

    async Task AnswerAsync(HttpContext context, BatchRun run, BatchWishes wishes, bool isGet)
    {
        using (run)
        {
            await run.Ended;
            if (!context.RequestAborted.IsCancellationRequested)
            {
                await (isGet ? SectionAnswer.WriteAsync(context, run, wishes, runner) : ResponsesAnswer.WriteAsync(context, run, wishes, runner.Options));
            }
        }
    }

    async Task AnswerLinesAsync(HttpContext context, BatchRun run, BatchWishes wishes)
    {
        using (run)
        {
            await LineAnswer.WriteAsync(context, run, wishes, runner.Options);
        }
    }

    /// <summary>A request of a batch that arrived here, whatever the path was by which it did.</summary>
    static BatchRefusal? Nested(HttpContext context) => context.Features.Get<IBatchedRequestFeature>() is null
        ? null
        : new BatchRefusal(StatusCodes.Status400BadRequest, "Batch inside a batch", ["A request of a batch cannot be a batch itself"]);

    static BatchDialect DialectOf(HttpRequest request) =>
        request.Headers.ContainsKey("OData-Version") || request.Headers.ContainsKey("OData-MaxVersion") ? BatchDialect.OData
        : request.Path.Value!.TrimEnd('/').EndsWith("/$batch", StringComparison.OrdinalIgnoreCase) ? BatchDialect.Graph
        : BatchDialect.Plain;
}
