using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Aggregation;

/// <summary>Step 3. Runs all calls of a request at once, under its deadlines.</summary>
internal sealed class PartFanOut(PartLine line)
{
    /// <summary>Runs the calls until all have ended, the deadline has passed or the caller has left.</summary>
    /// <returns>The outcomes; <see cref="Gathering.Leave"/> must follow when they are written.</returns>
    public async ValueTask<Gathering> RunAsync(List<PlannedCall> calls, AggregateDeadlines deadlines)
    {
        var gathering = new Gathering(calls, deadlines);
        if (calls.Count == 0)
        {
            return gathering;
        }

        var budgets = new CallBudget[calls.Count];
        for (var i = 0; i < budgets.Length; i++)
        {
            budgets[i] = deadlines.For(calls[i].Call.Part);
        }

        deadlines.WatchCaller();
        for (var i = 0; i < budgets.Length; i++)
        {
            _ = line.RunAsync(calls[i], budgets[i], gathering, i);
        }

        await using var closing = deadlines.Passed.UnsafeRegister(static state => ((Gathering)state!).Close(), gathering);
        await gathering.Done;
        return gathering;
    }
}
