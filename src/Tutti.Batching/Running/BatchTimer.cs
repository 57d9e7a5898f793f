namespace Tutti.Batching.Running;

/// <summary>The one timer of a batch: it ends the batch in time, and looks before that whether threads are blocked.</summary>
internal sealed class BatchTimer : IDisposable
{
    /// <summary>How long a request may hold a thread before another one goes on with the rest.</summary>
    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    readonly Lock _gate = new();
    readonly CallQueue _queue;
    readonly TimeProvider _clock;
    readonly TimeSpan _limit;
    readonly Action _timeOut;
    readonly ITimer _timer;
    readonly long _began;
    bool _isSoon;

    /// <param name="timeOut">Called once the limit has passed.</param>
    public BatchTimer(CallQueue queue, TimeProvider clock, TimeSpan limit, Action timeOut)
    {
        (_queue, _clock, _limit, _timeOut) = (queue, clock, limit, timeOut);
        _began = clock.GetTimestamp();
        _timer = clock.CreateTimer(static timer => ((BatchTimer)timer!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Start(bool looksSoon)
    {
        lock (_gate)
        {
            _isSoon = looksSoon;
            _timer.Change(looksSoon && Moment < _limit ? Moment : _limit, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Something waits for a thread that may be blocked.</summary>
    public void LookSoon()
    {
        lock (_gate)
        {
            if (!_isSoon)
            {
                _isSoon = true;
                _timer.Change(Moment, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    void Tick()
    {
        var left = _limit - _clock.GetElapsedTime(_began);
        if (left <= TimeSpan.Zero)
        {
            _timeOut();
            return;
        }

        lock (_gate)
        {
            _isSoon = _queue.Help();
            _timer.Change(_isSoon && left > Moment ? Moment : left, Timeout.InfiniteTimeSpan);
        }
    }
}
