using System.Collections.Concurrent;

namespace Tutti.Gateway.Proxy;

/// <summary>Timers that are used again and again: making one costs more than the rest of a request's bookkeeping.</summary>
internal sealed class AnswerTimers(TimeProvider clock)
{
    const int MostKept = 1_024;

    readonly ConcurrentQueue<AnswerTimer> _free = new();
    int _kept;

    public AnswerTimer Rent(TimeSpan timeout)
    {
        if (_free.TryDequeue(out var timer))
        {
            Interlocked.Decrement(ref _kept);
        }
        else
        {
            timer = new AnswerTimer(this, new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock));
        }

        timer.Start(timeout);
        return timer;
    }

    public void Return(AnswerTimer timer)
    {
        if (Interlocked.Increment(ref _kept) <= MostKept)
        {
            _free.Enqueue(timer);
        }
        else
        {
            Interlocked.Decrement(ref _kept);
        }
    }
}
