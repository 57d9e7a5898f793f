using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Resilience;

/// <summary>Step 5. Lets a call through to its backend, or refuses it: circuit first, then pool, both within the call's deadline.</summary>
internal sealed class PartGuard(PartRegistry registry, ResilienceStates states)
{
    public ValueTask<PartPermit> EnterAsync(PartModel part, CallBudget budget)
    {
        if (!registry.Current.Pools.TryGetValue(part.Config.Pool, out var pool))
        {
            return new(PartPermit.Refused(PartFailure.Disabled, $"Part {part.Id} is disabled: pool {part.Config.Pool} is unknown"));
        }

        var circuit = states.CircuitOf(part);
        if (!circuit.TryEnter(out var isTrial))
        {
            return new(PartPermit.Refused(PartFailure.CircuitOpen, $"Circuit of part {part.Id} is open"));
        }

        var places = states.PoolOf(pool);
        var place = places.EnterAsync(budget.Token);
        return place.IsCompletedSuccessfully
            ? new(Enter(place.Result, circuit, places, isTrial))
            : WaitAsync(place, circuit, places, isTrial, part, budget);
    }

    /// <summary>Whether an outcome speaks against the backend, for or not at all.</summary>
    /// <returns>True for good, false for bad, null if the circuit should learn nothing.</returns>
    public static bool? Judge(PartOutcome outcome, PartModel part) => outcome.Failure is { } failure
        ? Judge(failure)
        : outcome.Status < 500 || !part.Config.Circuit.CountServerErrors;

    static bool? Judge(PartFailure failure) => failure switch
    {
        PartFailure.TimedOut or PartFailure.Silent or PartFailure.Unreachable or PartFailure.BrokenAnswer => false,
        PartFailure.PoolFull => false,
        // The backend answered; that the answer is of no use is between it and its configuration.
        PartFailure.TooLarge or PartFailure.Undecodable => true,
        PartFailure.OutOfTime or PartFailure.CallerLeft or PartFailure.CircuitOpen => null,
        PartFailure.UnknownPart or PartFailure.Disabled or PartFailure.MissingParams or PartFailure.UnusableParam => null,
    };

    static PartPermit Enter(bool isIn, PartCircuit circuit, PartPool pool, bool isTrial)
    {
        if (isIn)
        {
            return new PartPermit(circuit, pool, isTrial);
        }

        circuit.Report(isGood: false, isTrial);
        return PartPermit.Refused(PartFailure.PoolFull, $"Pool {pool.Key} is full");
    }

    static async ValueTask<PartPermit> WaitAsync(
        ValueTask<bool> place, PartCircuit circuit, PartPool pool, bool isTrial, PartModel part, CallBudget budget)
    {
        try
        {
            return Enter(await place, circuit, pool, isTrial);
        }
        catch (OperationCanceledException)
        {
            var spent = budget.Spent();
            if (Judge(spent, part) is { } isGood)
            {
                circuit.Report(isGood, isTrial);
            }
            else if (isTrial)
            {
                circuit.GiveTrialBack();
            }

            return PartPermit.Refused(spent);
        }
    }
}
