using Tutti.Gateway.Calls;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Resilience.Opening;

/// <summary>Opens calls whose body is read by somebody else, as it comes: guard, send, as often as the part asks until an answer begins.</summary>
internal sealed class PartOpener(PartGuard guard, PartSender sender, PartAttempts attempts, CallCounter counter, ResilienceStates states, TimeProvider clock)
{
    /// <summary>Runs a call until its answer begins. Its permit is held until <see cref="OpenPart.End"/>.</summary>
    public async ValueTask<OpenPart> OpenAsync(PartCall call, string? acceptEncoding, CallBudget budget)
    {
        var stats = states.Of(call.Part).Stats;
        var began = clock.GetTimestamp();
        stats.Began();
        var span = TuttiTracing.StartPart(call.Part.Id);
        var traced = span is null ? call : call with { Trace = call.Trace.Under(span) };
        var taken = call.Part.WantsAttempts
            ? await attempts.RunAsync(traced, budget, AttemptAsync, failure => new OpenAttempt(call.Part, default, null, failure, clock))
            : await AttemptAsync(traced, budget);
        if (taken.Failed is { } failure)
        {
            End(failure);
            return new OpenPart(null, failure, null);
        }

        return new OpenPart(taken.Response, null, End);

        ValueTask<OpenAttempt> AttemptAsync(PartCall asked, CallBudget within) => OpenOnceAsync(asked, acceptEncoding, within);

        void End(PartOutcome outcome)
        {
            taken.End(outcome);
            counter.Ended(call.Part, stats, outcome, began, clock.GetTimestamp());
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

        OpenAttempt? attempt = null;
        try
        {
            var answer = await sender.OpenAsync(call, acceptEncoding, budget);
            var failure = answer.Failure ?? AnswerHead.Of(answer.Response!).Broken;
            attempt = new OpenAttempt(call.Part, permit, answer.Response, failure, clock);
        }
        finally
        {
            if (attempt is null)
            {
                permit.End(null, clock.GetTimestamp());
            }
        }

        if (attempt.Failed is not null)
        {
            // Its place is not held while another attempt waits.
            attempt.Dispose();
        }

        return attempt;
    }
}
