using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Resilience;

/// <summary>Counts how calls end.</summary>
internal sealed class CallCounter(TuttiMetrics metrics, TimeProvider clock)
{
    /// <summary>Counts the end of a call that began in the part's counters.</summary>
    public void Ended(PartModel part, PartStats stats, PartOutcome outcome, long began, long ended)
    {
        var how = EventOf(outcome);
        var elapsed = clock.GetElapsedTime(began, ended);
        stats.Ended(how, elapsed, ended);
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
