namespace Tutti.Gateway.Calls;

/// <summary>How long a call may take, and who ends it.</summary>
/// <param name="Limit">The time that <paramref name="Token"/> allows from the beginning of the request.</param>
/// <param name="Told">The limit in words for the caller, in milliseconds: what was configured or asked for, without reserves.</param>
/// <param name="IsPartsOwn">Whether the limit is the part's own timeout, so that passing it is the backend's fault.</param>
/// <param name="Token">Cancelled when the time is up or when nobody waits any more.</param>
/// <param name="CallerLeft">Cancelled when the caller left, or nobody else may wait in its stead.</param>
internal readonly record struct CallBudget(TimeSpan Limit, int Told, bool IsPartsOwn, CancellationToken Token, CancellationToken CallerLeft)
{
    /// <summary>The outcome of a call whose token was cancelled.</summary>
    public PartOutcome Spent() => CallerLeft.IsCancellationRequested
        ? PartOutcome.Failed(PartFailure.CallerLeft, "The caller left")
        : PartOutcome.Failed(IsPartsOwn ? PartFailure.TimedOut : PartFailure.OutOfTime, $"Timed out after {Told} ms");
}
