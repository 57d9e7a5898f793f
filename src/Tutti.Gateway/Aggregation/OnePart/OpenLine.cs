using Tutti.Gateway.Calls;
using Tutti.Gateway.Resilience;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Aggregation.OnePart;

/// <summary>The line that a call walks whose body is passed on as it comes: guard, send, as often as the part asks until an answer begins.</summary>
internal sealed class OpenLine(PartGuard guard, PartSender sender, PartAttempts attempts, PartLine line, ResilienceStates states, TimeProvider clock)
{
    /// <summary>Runs a call until its answer begins. Its permit is held until <see cref="OpenPart.End"/>.</summary>
    public async ValueTask<OpenPart> OpenAsync(PartCall call, string? acceptEncoding, CallBudget budget)
    {
        var stats = states.Of(call.Part).Stats;
        var began = clock.GetTimestamp();
        stats.Began();
        var span = TuttiTracing.StartPart(call.Part.Id);
        var traced = span is null ? call : call with { Trace = TraceContext.Of(span) };
        var taken = call.Part.WantsAttempts
            ? await attempts.RunAsync(traced, budget, AttemptAsync, failure => new OpenAttempt(call.Part, default, null, failure, clock))
            : await AttemptAsync(traced, budget);
        if (taken.Failed is { } failure)
        {
            End(failure);
            return new OpenPart(null, LocalContents.InsteadOf(failure, call.Part), null);
        }

        return new OpenPart(taken.Response, null, End);

        ValueTask<OpenAttempt> AttemptAsync(PartCall asked, CallBudget within) => OpenOnceAsync(asked, acceptEncoding, within);

        void End(PartOutcome outcome)
        {
            taken.End(outcome);
            line.Count(call.Part, stats, outcome, began, clock.GetTimestamp());
            TuttiTracing.End(span, outcome.Status, outcome.Message);
            span?.Dispose();
        }
    }

    async ValueTask<OpenAttempt> OpenOnceAsync(PartCall call, string? acceptEncoding, CallBudget budget)
    {
        var permit = await guard.EnterAsync(call.Part, budget);
        if (permit.Refusal is { } refusal)
        {
            return new OpenAttempt(call.Part, default, null, refusal, clock);
        }

        var answer = await sender.OpenAsync(call, acceptEncoding, budget);
        var failure = answer.Failure ?? AnswerHead.Of(answer.Response!).Broken;
        var attempt = new OpenAttempt(call.Part, permit, answer.Response, failure, clock);
        if (failure is not null)
        {
            // Its place is not held while another attempt waits.
            attempt.Dispose();
        }

        return attempt;
    }
}
