using Tutti.Batching.Dispatch;
using Tutti.Batching.Reading;

namespace Tutti.Batching.Running;

/// <summary>One request of a batch on its way.</summary>
internal sealed class CallRun(BatchRun batch, PlannedCall planned, int index) : IBatchedRequestFeature
{
    public PlannedCall Planned => planned;

    public int Index => index;

    public string Id => planned.Call.Id;

    /// <summary>How many of those that it depends on have not ended.</summary>
    public int WaitsFor { get; set; } = planned.DependsOn.Length;

    public List<CallRun>? Dependents { get; set; }

    /// <summary>Whether its answer is known. The pipeline may still be running.</summary>
    public bool IsSettled { get; set; }

    /// <summary>What the app was given; null if it never was.</summary>
    public CallExchange? Exchange { get; set; }

    /// <summary>What stands in place of the app's answer; null if the app answered.</summary>
    public CallProblem? Problem { get; set; }

    /// <summary>What the app answered; null where a problem stands in its place.</summary>
    public CallResponse? Response => Problem is null ? Exchange?.Response : null;

    public int Status => Problem?.Status ?? Response?.StatusCode ?? 0;

    /// <summary>Whether it was answered as it was meant: 304 is what a condition asked for.</summary>
    public bool IsSuccess => Status is (>= 200 and < 300) or 304;

    /// <summary>
    /// Why it is not sent, now that another one has ended. A condition stands in place of the usual one, that all have succeeded (OData JSON
    /// Format 4.01, 19.1).
    /// </summary>
    public CallProblem? ReasonAgainst(CallRun ended) => planned.Condition is { } condition
        ? WaitsFor > 0 || condition.IsMet(batch.Values) ? null : RunProblem.FailedDependency("Its condition is not met")
        : ended.IsSuccess ? null : RunProblem.FailedDependency($"'{ended.Id}' ended with {ended.Status}");

    public bool TryCharge(int units, int limit) => batch.Budget.TryCharge(units, limit);

    public void TimeOut() => batch.TimeOut(this);
}
