using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Aggregation;

/// <summary>The line that one call walks: guard, send, fallback. It counts what comes out.</summary>
internal sealed class PartLine(PartGuard guard, PartSender sender, PartAttempts attempts, PartStatsTable table, TuttiMetrics metrics, TimeProvider clock)
{
    /// <summary>Runs a call to its end, the whole body included.</summary>
    public async ValueTask<PartOutcome> RunAsync(PartCall call, CallBudget budget)
    {
        var stats = table.Of(call.Part.Id);
        var began = clock.GetTimestamp();
        stats.Began();
        using var span = TuttiTracing.StartPart(call.Part.Id);
        var traced = span is null ? call : call with { Trace = TraceContext.Of(span) };
        var outcome = PartAttempts.Wants(call.Part)
            ? await attempts.RunAsync(traced, budget, AttemptAsync)
            : await AttemptAsync(traced, budget);
        var elapsed = clock.GetElapsedTime(began);
        var how = EventOf(outcome);
        stats.Ended(how, elapsed);
        metrics.PartEnded(call.Part.Id, how, elapsed);
        TuttiTracing.End(span, outcome.Status, outcome.Message);
        var answer = LocalContents.InsteadOf(outcome, call.Part);
        answer.Elapsed = elapsed;
        return answer;
    }

    async ValueTask<PartOutcome> AttemptAsync(PartCall call, CallBudget budget)
    {
        var permit = await guard.EnterAsync(call.Part, budget);
        if (permit.Refusal is { } refusal)
        {
            return refusal;
        }

        PartOutcome? outcome = null;
        try
        {
            return outcome = await sender.SendAsync(call, budget);
        }
        finally
        {
            permit.End(outcome is null ? null : PartGuard.Judge(outcome, call.Part));
        }
    }

    /// <summary>The counter under which an outcome goes.</summary>
    public static PartEvent EventOf(PartOutcome outcome) => outcome.Failure is { } failure ? EventOf(failure) : PartEvent.Success;

    static PartEvent EventOf(PartFailure failure) => failure switch
    {
        PartFailure.TimedOut or PartFailure.Silent => PartEvent.Timeout,
        PartFailure.CircuitOpen => PartEvent.ShortCircuited,
        PartFailure.PoolFull => PartEvent.Rejected,
        PartFailure.OutOfTime or PartFailure.CallerLeft => PartEvent.Abandoned,
        PartFailure.Unreachable or PartFailure.BrokenAnswer or PartFailure.TooLarge or PartFailure.Undecodable => PartEvent.Failure,
        PartFailure.UnknownPart or PartFailure.Disabled or PartFailure.MissingParams or PartFailure.UnusableParam => PartEvent.BadRequest,
    };
}
