namespace Tutti.Gateway.Proxy;

/// <summary>Rings when an instance has not begun its answer in time.</summary>
internal sealed class AnswerTimer(AnswerTimers home, CancellationTokenSource source) : IDisposable
{
    public CancellationToken Token => source.Token;

    public bool HasRung => source.IsCancellationRequested;

    /// <summary>The answer began.</summary>
    public void Heard() => source.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Start(TimeSpan timeout) => source.CancelAfter(timeout);

    public void Dispose()
    {
        if (source.TryReset())
        {
            home.Return(this);
        }
        else
        {
            source.Dispose();
        }
    }
}
