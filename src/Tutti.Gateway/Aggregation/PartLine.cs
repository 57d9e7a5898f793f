using System.Runtime.CompilerServices;
using Tutti.Gateway.Aggregation.OnePart;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Aggregation;

/// <summary>The line that one call walks: guard, send, fallback. It counts what comes out.</summary>
internal sealed class PartLine(PartGuard guard, PartSender sender, PartAttempts attempts, PartStatsTable table, TuttiMetrics metrics, TimeProvider clock)
{
    /// <summary>Runs a call to its end, the whole body included, and hands its outcome over.</summary>
    public async Task RunAsync(PartCall call, CallBudget budget, Gathering into, int index)
    {
        try
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
            Count(call.Part, stats, outcome, elapsed);
            TuttiTracing.End(span, outcome.Status, outcome.Message);
            var answer = LocalContents.InsteadOf(outcome, call.Part);
            answer.Elapsed = elapsed;
            into.Settle(index, answer);
        }
        catch (Exception mistake)
        {
            into.Break(mistake);
        }
    }

    /// <summary>Runs a call until its answer begins. Its permit is held until <see cref="OpenPart.End"/>.</summary>
    public async ValueTask<OpenPart> OpenAsync(PartCall call, string? acceptEncoding, CallBudget budget)
    {
        var stats = table.Of(call.Part.Id);
        var began = clock.GetTimestamp();
        stats.Began();
        var span = TuttiTracing.StartPart(call.Part.Id);
        var traced = span is null ? call : call with { Trace = TraceContext.Of(span) };
        var permit = await guard.EnterAsync(call.Part, budget);
        var answer = permit.Refusal is { } refusal ? new OpenAnswer(null, refusal) : await sender.OpenAsync(traced, acceptEncoding, budget);
        if (answer.Failure is { } failure)
        {
            End(failure);
            return new OpenPart(null, LocalContents.InsteadOf(failure, call.Part), null);
        }

        return new OpenPart(answer.Response, null, End);

        void End(PartOutcome outcome)
        {
            if (permit.Refusal is null)
            {
                permit.End(PartGuard.Judge(outcome, call.Part));
            }

            Count(call.Part, stats, outcome, clock.GetElapsedTime(began));
            TuttiTracing.End(span, outcome.Status, outcome.Message);
            span?.Dispose();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
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

    void Count(PartModel part, PartStats stats, PartOutcome outcome, TimeSpan elapsed)
    {
        var how = EventOf(outcome);
        stats.Ended(how, elapsed);
        metrics.PartEnded(part.Id, how, elapsed);
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
