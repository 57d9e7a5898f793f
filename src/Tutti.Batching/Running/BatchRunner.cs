using Tutti.Batching.Dispatch;
using Tutti.Batching.Reading;

namespace Tutti.Batching.Running;

/// <summary>Makes requests of what a batch holds and sends them through the app.</summary>
internal sealed class BatchRunner(CallDispatcher dispatcher, CallMaker maker, CallPool pool, HeaderRules rules, IOptions<TuttiBatchingOptions> options, IServiceProvider services, ILogger<BatchRunner> log)
{
    public TuttiBatchingOptions Options => options.Value;

    public ILogger Log => log;

    public TimeProvider Clock { get; } = services.GetService<TimeProvider>() ?? TimeProvider.System;

    public BatchRun Create(HttpContext context, BatchPlan plan, BatchDialect dialect, bool tells) => new(this, plan, BatchOrigin.Of(context, rules), dialect, tells);

    /// <summary>Makes what the app sees of one request.</summary>
    /// <returns>Null where the request cannot be made; what stands in its place is told.</returns>
    public CallExchange? Prepare(CallRun call, BatchRun batch, out CallProblem? problem)
    {
        var exchange = pool.Rent();
        problem = maker.Make(call, batch, exchange.Request);
        if (problem is not null)
        {
            pool.Return(exchange);
            return null;
        }

        exchange.Lifetime.Begin(batch.Origin.TraceIdentifier, call.Index);
        return exchange;
    }

    public Task RunAsync(CallExchange exchange, BatchOrigin origin) => dispatcher.RunAsync(exchange, origin);

    public void Return(CallExchange exchange) => pool.Return(exchange);
}
