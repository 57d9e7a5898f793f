using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Aggregation;

/// <summary>The line that one call walks: guard, send, fallback. It counts what comes out.</summary>
internal sealed class PartLine(PartGuard guard, PartSender sender, PartAttempts attempts, ResilienceStates states, TuttiMetrics metrics, TimeProvider clock)
{
    /// <summary>Runs a call to its end, the whole body included, and hands its outcome over.</summary>
    public async Task RunAsync(PartCall call, CallBudget budget, Gathering into, int index)
    {
        var permit = default(PartPermit);
        try
        {
            var part = call.Part;
            var stats = states.Of(part).Stats;
            var began = clock.GetTimestamp();
            stats.Began();
            using var span = TuttiTracing.StartPart(part.Id);
            var traced = span is null ? call : call with { Trace = TraceContext.Of(span) };
            PartOutcome outcome;
            if (part.WantsAttempts)
            {
                outcome = await attempts.RunAsync(traced, budget, AttemptAsync);
            }
            else
            {
                // What AttemptAsync does: one frame less for each of the calls that wait at once.
                permit = await guard.EnterAsync(part, budget);
                outcome = permit.Refusal ?? await sender.SendAsync(traced, budget);
            }

            var ended = clock.GetTimestamp();
            permit.End(PartGuard.Judge(outcome, part), ended);
            permit = default;
            Count(part, stats, outcome, began, ended);
            TuttiTracing.End(span, outcome.Status, outcome.Message);
            var answer = LocalContents.InsteadOf(outcome, part);
            answer.Elapsed = clock.GetElapsedTime(began, ended);
            into.Settle(index, answer);
        }
        catch (Exception mistake)
        {
            permit.End(null, clock.GetTimestamp());
            into.Break(mistake);
        }
    }

    /// <summary>Counts the end of a call that began in the part's counters.</summary>
    public void Count(PartModel part, PartStats stats, PartOutcome outcome, long began, long ended)
    {
        var how = EventOf(outcome);
        var elapsed = clock.GetElapsedTime(began, ended);
        stats.Ended(how, elapsed, ended);
        metrics.PartEnded(part.Id, how, elapsed);
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
            permit.End(outcome is null ? null : PartGuard.Judge(outcome, call.Part), clock.GetTimestamp());
        }
    }

    /// <summary>The counter under which an outcome goes.</summary>
    static PartEvent EventOf(PartOutcome outcome) => outcome.Failure is { } failure ? EventOf(failure) : PartEvent.Success;

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
