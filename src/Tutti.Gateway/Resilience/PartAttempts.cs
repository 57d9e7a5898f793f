using System.Collections.Concurrent;
using Polly;
using Polly.Hedging;
using Polly.Retry;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Resilience;

/// <summary>
/// Sends a call more than once, for parts of idempotent methods that ask for it: retries after failures, hedging beside silence.
/// Attempts that are not taken are disposed.
/// </summary>
internal sealed class PartAttempts(TimeProvider clock)
{
    /// <summary>Marks the second call of a hedge.</summary>
    static readonly ResiliencePropertyKey<bool> IsHedge = new("hedge");

    readonly ConcurrentDictionary<(string PartId, Type End), Attempts> _parts = new();

    /// <summary>Runs the attempts; each passes the guard on its own.</summary>
    public ValueTask<PartOutcome> RunAsync(PartCall call, CallBudget budget, Func<PartCall, CallBudget, ValueTask<PartOutcome>> attempt) =>
        RunAsync(call, budget, attempt, static failure => failure);

    /// <summary>Runs the attempts; each passes the guard on its own.</summary>
    /// <param name="failed">Makes the end of a call whose time was up between two attempts.</param>
    public async ValueTask<TEnd> RunAsync<TEnd>(
        PartCall call, CallBudget budget, Func<PartCall, CallBudget, ValueTask<TEnd>> attempt, Func<PartOutcome, TEnd> failed)
        where TEnd : class, ICallEnd
    {
        var pipeline = PipelineOf<TEnd>(call.Part);
        try
        {
            return await pipeline.ExecuteAsync(
                static (state, ct) => state.attempt(state.call, state.budget.ForAttempt(ct)),
                (call, budget, attempt),
                budget.Token);
        }
        catch (OperationCanceledException)
        {
            return failed(budget.Spent());
        }
    }

    ResiliencePipeline<TEnd> PipelineOf<TEnd>(PartModel part)
        where TEnd : class, ICallEnd
    {
        var key = (part.Id, typeof(TEnd));
        if (_parts.TryGetValue(key, out var known) && known.Retries == part.Config.Retries && known.HedgeAfter == part.Config.HedgeAfter)
        {
            return (ResiliencePipeline<TEnd>)known.Pipeline;
        }

        var pipeline = Build<TEnd>(part.Config.Retries, part.Config.HedgeAfter);
        _parts[key] = new Attempts(part.Config.Retries, part.Config.HedgeAfter, pipeline);
        return pipeline;
    }

    ResiliencePipeline<TEnd> Build<TEnd>(RetryConfig retries, int? hedgeAfter)
        where TEnd : class, ICallEnd
    {
        var builder = new ResiliencePipelineBuilder<TEnd> { TimeProvider = clock };
        if (retries.Attempts > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<TEnd>
            {
                MaxRetryAttempts = retries.Attempts,
                Delay = TimeSpan.FromMilliseconds(retries.Delay),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = static arguments => new(IsWorthAnotherTry(arguments.Outcome.Result)),
            });
        }

        if (hedgeAfter is { } after)
        {
            builder.AddHedging(new HedgingStrategyOptions<TEnd>
            {
                MaxHedgedAttempts = 1,
                Delay = TimeSpan.FromMilliseconds(after),
                ActionGenerator = Mark,
                ShouldHandle = static arguments => new(IsWorthAnotherTry(arguments.Outcome.Result) || IsRefusedHedge(arguments)),
            });
        }

        return builder.Build();
    }

    static Func<ValueTask<Outcome<TEnd>>> Mark<TEnd>(HedgingActionGeneratorArguments<TEnd> arguments)
    {
        arguments.ActionContext.Properties.Set(IsHedge, true);
        return () => arguments.Callback(arguments.ActionContext);
    }

    /// <summary>A second call that finds no place must not be taken for the end of the first one, which has its place.</summary>
    static bool IsRefusedHedge<TEnd>(HedgingPredicateArguments<TEnd> arguments)
        where TEnd : class, ICallEnd =>
        arguments.Outcome.Result?.Failure is PartFailure.PoolFull or PartFailure.CircuitOpen
        && arguments.Context.Properties.TryGetValue(IsHedge, out _);

    /// <summary>Connection trouble, silence and the answers that ask for another try (RFC 9110, 15.6: 502, 503, 504).</summary>
    static bool IsWorthAnotherTry(ICallEnd? end) => end is
    {
        Failure: PartFailure.Unreachable or PartFailure.BrokenAnswer or PartFailure.Silent,
    }
    or { Failure: null, Status: 502 or 503 or 504 };

    sealed record Attempts(RetryConfig Retries, int? HedgeAfter, object Pipeline);
}
