using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Aggregation;

/// <summary>The local contents of a part as its fallback (behaviours 36 and 37 of Octoparts).</summary>
internal static class LocalContents
{
    /// <summary>The local contents where the call failed or its backend said 503 and the part wants them then; else the outcome itself.</summary>
    public static PartOutcome InsteadOf(PartOutcome outcome, PartModel part)
    {
        if (!part.FallsBack || outcome.Failure is PartFailure.CallerLeft || outcome is { Failure: null, Status: not 503 })
        {
            return outcome;
        }

        outcome.Dispose();
        return PartOutcome.Local(part.Config.LocalContents.Contents);
    }
}
