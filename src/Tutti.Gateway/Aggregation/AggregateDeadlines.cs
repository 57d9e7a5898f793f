using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Aggregation;

/// <summary>
/// The timers of one request. Calls whose limits agree share one: in the common case there is a single timer for all of them. Whoever
/// waits for a fetch of the cache waits by the request's deadline alone: the fetch has its part's own timeout.
/// </summary>
internal sealed class AggregateDeadlines : IDisposable
{
    readonly TimeProvider _clock;
    readonly CancellationToken _callerLeft;
    readonly CancellationTokenSource _request;
    readonly CallBudget _whole;
    CancellationTokenRegistration _leaving;
    List<Timer>? _others;

    /// <param name="limit">The request's deadline from now.</param>
    /// <param name="reserve">What is kept back of it for writing the answer.</param>
    public AggregateDeadlines(TimeSpan limit, TimeSpan reserve, TimeProvider clock, CancellationToken callerLeft)
    {
        _clock = clock;
        _callerLeft = callerLeft;
        Limit = limit - Min(reserve, limit / 10);
        _request = RequestTimers.Rent(Limit, clock);
        _whole = new CallBudget(Limit, (int)limit.TotalMilliseconds, false, _request.Token, callerLeft);
    }

    /// <summary>The time for the parts.</summary>
    public TimeSpan Limit { get; }

    /// <summary>Cancelled when nobody waits any more: the request's time is up, or its caller left.</summary>
    public CancellationToken Passed => _request.Token;

    /// <summary>The words for a call that is cut off by the request's deadline.</summary>
    public PartOutcome OutOfTime() => _whole.Spent();

    /// <summary>The budget of a call of that part.</summary>
    public CallBudget For(PartModel part)
    {
        return part.Timeout >= Limit || part.IsCached ? _whole : Shared(part);
    }

    /// <summary>Begins to watch the caller, once every budget is made.</summary>
    public void WatchCaller() =>
        _leaving = _callerLeft.UnsafeRegister(static self => ((AggregateDeadlines)self!).CancelWaiting(), this);

    public void Dispose()
    {
        _leaving.Dispose();
        RequestTimers.Return(_request, _clock);
        foreach (var timer in _others ?? [])
        {
            timer.Source.Dispose();
        }
    }

    CallBudget Shared(PartModel part)
    {
        _others ??= [];
        foreach (var timer in _others)
        {
            if (timer.Budget.Limit == part.Timeout)
            {
                return timer.Budget;
            }
        }

        var source = new CancellationTokenSource(part.Timeout, _clock);
        var budget = new CallBudget(part.Timeout, part.Config.Timeout, true, source.Token, _callerLeft);
        _others.Add(new Timer(budget, source));
        return budget;
    }

    void CancelWaiting()
    {
        foreach (var timer in _others ?? [])
        {
            timer.Source.Cancel();
        }

        _request.Cancel();
    }

    static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    sealed record Timer(CallBudget Budget, CancellationTokenSource Source);
}
