using System.Collections.Concurrent;

namespace Tutti.Batching.Dispatch;

/// <summary>Exchanges that wait for their next call.</summary>
internal sealed class CallPool
{
    const int MaxKept = 1_024;

    readonly ConcurrentQueue<CallExchange> _kept = new();
    int _count;

    public CallExchange Rent()
    {
        if (_kept.TryDequeue(out var exchange))
        {
            Interlocked.Decrement(ref _count);
            return exchange;
        }

        return new CallExchange();
    }

    /// <summary>Takes one back whose call has ended and whose answer nobody reads any more.</summary>
    public void Return(CallExchange exchange)
    {
        exchange.Dispose();
        exchange.Reset();
        if (Interlocked.Increment(ref _count) <= MaxKept)
        {
            _kept.Enqueue(exchange);
        }
        else
        {
            Interlocked.Decrement(ref _count);
        }
    }
}
