namespace Tutti.Gateway.Calls;

/// <summary>How long calls may take, and who ends them. Calls of one request whose limits agree share one.</summary>
/// <param name="Limit">The time that <paramref name="Token"/> allows from the beginning of the request.</param>
/// <param name="Told">The limit in words for the caller, in milliseconds: what was configured or asked for, without reserves.</param>
/// <param name="IsPartsOwn">Whether the limit is the part's own timeout, so that passing it is the backend's fault.</param>
/// <param name="Token">Cancelled when the time is up or when nobody waits any more.</param>
/// <param name="CallerLeft">Cancelled when the caller left, or nobody else may wait in its stead.</param>
internal sealed record CallBudget(TimeSpan Limit, int Told, bool IsPartsOwn, CancellationToken Token, CancellationToken CallerLeft)
{
    /// <summary>The token of the call as a whole, where <see cref="Token"/> is that of one of several attempts.</summary>
    CancellationToken Whole { get; init; }

    /// <summary>The budget of one attempt, which also ends when another attempt was faster.</summary>
    public CallBudget ForAttempt(CancellationToken attempt) => this with { Token = attempt, Whole = Token };

    /// <summary>The outcome of a call whose token was cancelled.</summary>
    public PartOutcome Spent()
    {
        if (CallerLeft.IsCancellationRequested)
        {
            return PartOutcome.Failed(PartFailure.CallerLeft, "The caller left");
        }

        return Whole.CanBeCanceled && !Whole.IsCancellationRequested
            ? PartOutcome.Failed(PartFailure.CallerLeft, "Another attempt was faster")
            : PartOutcome.Failed(IsPartsOwn ? PartFailure.TimedOut : PartFailure.OutOfTime, $"Timed out after {Told} ms");
    }
}
