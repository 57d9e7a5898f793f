using Tutti.Batching.Dispatch;
using Tutti.Batching.Reading;

namespace Tutti.Batching.Running;

/// <summary>Makes requests of what a batch holds and sends them through the app.</summary>
internal sealed class BatchRunner(CallDispatcher dispatcher, CallPool pool, HeaderRules rules, IOptions<TuttiBatchingOptions> options, IServiceProvider services)
{
    public TuttiBatchingOptions Options => options.Value;

    public TimeProvider Clock { get; } = services.GetService<TimeProvider>() ?? TimeProvider.System;

    public BatchRun Create(HttpContext context, BatchPlan plan, bool tells) => new(this, plan, BatchOrigin.Of(context, rules), tells);

    /// <summary>Makes what the app sees of one request.</summary>
    /// <returns>Null where the request cannot be made; what stands in its place is told.</returns>
    public CallExchange? Prepare(CallRun call, BatchRun batch, out CallProblem? problem)
    {
        problem = null;
        var wanted = call.Planned.Call;
        if (wanted.AtomicityGroup is { } group)
        {
            problem = new CallProblem(StatusCodes.Status501NotImplemented, "Atomicity groups are not offered", $"The group '{group}' cannot be promised to succeed or fail as a whole: there are no transactions across services");
            return null;
        }

        if (!CallUrl.TryRead(wanted.Url, batch.Origin, out var target, out var fault))
        {
            problem = new CallProblem(StatusCodes.Status400BadRequest, "Url refused", fault!);
            return null;
        }

        var exchange = pool.Rent();
        exchange.Request.Begin(batch.Origin, target, wanted.Method, null);
        exchange.Lifetime.Begin(batch.Origin.TraceIdentifier, call.Index);
        return exchange;
    }

    public Task RunAsync(CallExchange exchange, BatchOrigin origin) => dispatcher.RunAsync(exchange, origin);

    public void Return(CallExchange exchange) => pool.Return(exchange);
}
