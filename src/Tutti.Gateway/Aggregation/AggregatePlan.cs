namespace Tutti.Gateway.Aggregation;

/// <summary>What an aggregate request comes to: its parts in order, and the calls that they need.</summary>
internal sealed record AggregatePlan(PlannedPart[] Parts, List<PlannedCall> Calls)
{
    /// <summary>The request is answered: the outcomes that needed no call are let go.</summary>
    public void Leave()
    {
        foreach (var part in Parts)
        {
            part.Known?.Dispose();
        }
    }
}
