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

    async Task RunAsync(HttpContext context, BatchPlan plan, BatchDialect dialect, bool isGet)
    {
        var tells = LineAnswer.IsWanted(context.Request);
        using var run = runner.Create(context, plan, dialect, tells);
        run.Start(context.RequestAborted);
        if (tells)
        {
            await LineAnswer.WriteAsync(context, run, plan.Wishes, runner.Options);
            return;
        }

        await run.Ended;
        if (!context.RequestAborted.IsCancellationRequested)
        {
            await (isGet ? SectionAnswer.WriteAsync(context, run, plan.Wishes, runner) : ResponsesAnswer.WriteAsync(context, run, plan.Wishes, runner.Options));
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
