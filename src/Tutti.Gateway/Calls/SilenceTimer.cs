namespace Tutti.Gateway.Calls;

/// <summary>Ends a call whose backend is silent for longer than the part's read timeout. Costs nothing where the deadline comes first.</summary>
internal readonly struct SilenceTimer : IDisposable
{
    readonly CancellationTokenSource? _source;
    readonly TimeSpan _limit;

    /// <param name="connecting">Added before the first byte, for the connection that may have to be opened.</param>
    public SilenceTimer(CallBudget budget, TimeSpan limit, TimeSpan connecting)
    {
        _limit = limit;
        Token = budget.Token;
        if (limit < budget.Limit && limit > TimeSpan.Zero)
        {
            _source = CancellationTokenSource.CreateLinkedTokenSource(budget.Token);
            _source.CancelAfter(limit + connecting);
            Token = _source.Token;
        }
    }

    public CancellationToken Token { get; }

    public bool HasRung => _source is { IsCancellationRequested: true };

    /// <summary>Something came: begin again.</summary>
    public void Heard() => _source?.CancelAfter(_limit);

    /// <summary>Nothing is expected of the backend until <see cref="Heard"/>.</summary>
    public void Pause() => _source?.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose() => _source?.Dispose();
}
