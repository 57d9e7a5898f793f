using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Resilience;

/// <summary>Step 5. Lets a call through to its backend, or refuses it: circuit, pool, connections, all within the call's deadline.</summary>
internal sealed class PartGuard(ResilienceStates states, TimeProvider clock)
{
    public ValueTask<PartPermit> EnterAsync(PartModel part, CallBudget budget)
    {
        var state = states.Of(part);
        if (!state.Circuit.TryEnter(out var isTrial))
        {
            return new(PartPermit.Refused(PartFailure.CircuitOpen, $"Circuit of part {part.Id} is open"));
        }

        return state.TryEnter(out var places)
            ? new(new PartPermit(state, places, isTrial))
            : WaitAsync(state, places, isTrial, part, budget);
    }

    /// <summary>Whether an outcome speaks against the backend, for or not at all.</summary>
    /// <returns>True for good, false for bad, null if the circuit should learn nothing.</returns>
    public static bool? Judge(PartOutcome outcome, PartModel part) => outcome.Failure is { } failure
        ? Judge(failure)
        : outcome.Status < 500 || !part.CountsServerErrors;

    static bool? Judge(PartFailure failure) => failure switch
    {
        PartFailure.TimedOut or PartFailure.Silent or PartFailure.Unreachable or PartFailure.BrokenAnswer => false,
        PartFailure.PoolFull => false,
        // The backend answered; that the answer is of no use is between it and its configuration.
        PartFailure.TooLarge or PartFailure.Undecodable => true,
        PartFailure.OutOfTime or PartFailure.CallerLeft or PartFailure.CircuitOpen => null,
        PartFailure.UnknownPart or PartFailure.Disabled or PartFailure.MissingParams or PartFailure.UnusableParam => null,
    };

    async ValueTask<PartPermit> WaitAsync(PartState state, PartPlaces places, bool isTrial, PartModel part, CallBudget budget)
    {
        PartOutcome? refusal = null;
        try
        {
            if (places == PartPlaces.None)
            {
                if (await state.Pool.EnterAsync(budget.Token))
                {
                    places = PartPlaces.Pool;
                }
                else
                {
                    refusal = PartOutcome.Failed(PartFailure.PoolFull, $"Pool {state.Pool.Key} is full");
                }
            }

            if (refusal is null && state.BoundsConnections)
            {
                refusal = await WaitForConnectionAsync(state.Connections, part, budget);
                places |= refusal is null ? PartPlaces.Connection : PartPlaces.None;
            }
        }
        catch (OperationCanceledException)
        {
            refusal = budget.Spent();
        }

        var permit = new PartPermit(state, places, isTrial);
        if (refusal is null)
        {
            return permit;
        }

        permit.End(Judge(refusal, part), clock.GetTimestamp());
        return PartPermit.Refused(refusal);
    }

    static async ValueTask<PartOutcome?> WaitForConnectionAsync(PartPool connections, PartModel part, CallBudget budget)
    {
        if (connections.TryEnter())
        {
            return null;
        }

        using var limited = CancellationTokenSource.CreateLinkedTokenSource(budget.Token);
        limited.CancelAfter(part.ConnectTimeout);
        try
        {
            await connections.EnterAsync(limited.Token);
            return null;
        }
        catch (OperationCanceledException) when (!budget.Token.IsCancellationRequested)
        {
            return PartOutcome.Failed(
                PartFailure.PoolFull, $"All {part.Config.Backend.MaxConnections} connections of part {part.Id} are in use, and none came free in {part.Config.Backend.ConnectTimeout} ms");
        }
    }
}
