using System.Collections.Concurrent;
using Polly;
using Polly.Hedging;
using Polly.Retry;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Resilience;

/// <summary>Sends a call more than once, for parts of idempotent methods that ask for it: retries after failures, hedging beside silence.</summary>
internal sealed class PartAttempts(TimeProvider clock)
{
    readonly ConcurrentDictionary<string, Attempts> _parts = new(StringComparer.Ordinal);

    /// <summary>Runs the attempts; each passes the guard on its own.</summary>
    public async ValueTask<PartOutcome> RunAsync(PartCall call, CallBudget budget, Func<PartCall, CallBudget, ValueTask<PartOutcome>> attempt)
    {
        var pipeline = PipelineOf(call.Part);
        try
        {
            return await pipeline.ExecuteAsync(
                static (state, ct) => state.attempt(state.call, state.budget.ForAttempt(ct)),
                (call, budget, attempt),
                budget.Token);
        }
        catch (OperationCanceledException)
        {
            // The wait between two attempts was cut off.
            return budget.Spent();
        }
    }

    ResiliencePipeline<PartOutcome> PipelineOf(PartModel part)
    {
        if (_parts.TryGetValue(part.Id, out var known) && known.Retries == part.Config.Retries && known.HedgeAfter == part.Config.HedgeAfter)
        {
            return known.Pipeline;
        }

        var attempts = new Attempts(part.Config.Retries, part.Config.HedgeAfter, Build(part));
        _parts[part.Id] = attempts;
        return attempts.Pipeline;
    }

    ResiliencePipeline<PartOutcome> Build(PartModel part)
    {
        var builder = new ResiliencePipelineBuilder<PartOutcome> { TimeProvider = clock };
        if (part.Config.Retries is { Attempts: > 0 } retries)
        {
            builder.AddRetry(new RetryStrategyOptions<PartOutcome>
            {
                MaxRetryAttempts = retries.Attempts,
                Delay = TimeSpan.FromMilliseconds(retries.Delay),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = static arguments => new(IsWorthAnotherTry(arguments.Outcome)),
            });
        }

        if (part.Config.HedgeAfter is { } after)
        {
            builder.AddHedging(new HedgingStrategyOptions<PartOutcome>
            {
                MaxHedgedAttempts = 1,
                Delay = TimeSpan.FromMilliseconds(after),
                ShouldHandle = static arguments => new(IsWorthAnotherTry(arguments.Outcome)),
            });
        }

        return builder.Build();
    }

    /// <summary>Connection trouble, silence and the answers that ask for another try (RFC 9110, 15.6: 502, 503, 504).</summary>
    static bool IsWorthAnotherTry(Outcome<PartOutcome> outcome) => outcome.Result is
    {
        Failure: PartFailure.Unreachable or PartFailure.BrokenAnswer or PartFailure.Silent,
    }
    or { Failure: null, Status: 502 or 503 or 504 };

    sealed record Attempts(RetryConfig Retries, int? HedgeAfter, ResiliencePipeline<PartOutcome> Pipeline);
}
