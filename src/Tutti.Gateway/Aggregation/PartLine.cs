using Tutti.Gateway.Caching;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Resilience;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Aggregation;

/// <summary>The line that one call walks: guard, send, fallback.</summary>
internal sealed class PartLine(
    PartCache cache, PartGuard guard, PartSender sender, PartAttempts attempts, CallCounter counter, ResilienceStates states, TimeProvider clock)
{
    /// <summary>Runs a call to its end, the whole body included, and hands its outcome over.</summary>
    public Task RunAsync(PlannedCall planned, CallBudget budget, Gathering into, int index) => planned.Ticket is { } ticket
        ? FetchAsync(planned.Call, ticket, budget, into, index)
        : SendAsync(planned.Call, budget, into, index);

    /// <summary>Gets what may be stored through the cache.</summary>
    async Task FetchAsync(PartCall call, CacheTicket ticket, CallBudget budget, Gathering into, int index)
    {
        try
        {
            var began = clock.GetTimestamp();
            var outcome = StoredOutcome.Of(await cache.FetchAsync(call, ticket, budget), call.Part);
            var answer = LocalContents.InsteadOf(outcome, call.Part);

            // Failures are shared by all who waited for the fetch, so the time is noted on what is this call's own.
            if (answer.Failure is null)
            {
                answer.Elapsed = clock.GetElapsedTime(began);
            }

            into.Settle(index, answer);
        }
        catch (Exception mistake)
        {
            into.Break(mistake);
        }
    }

    async Task SendAsync(PartCall call, CallBudget budget, Gathering into, int index)
    {
        var permit = default(PartPermit);
        try
        {
            var part = call.Part;
            var stats = states.Of(part).Stats;
            var began = clock.GetTimestamp();
            stats.Began();
            using var span = TuttiTracing.StartPart(part.Id);
            var traced = span is null ? call : call with { Trace = call.Trace.Under(span) };
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
            counter.Ended(part, stats, outcome, began, ended);
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
}
