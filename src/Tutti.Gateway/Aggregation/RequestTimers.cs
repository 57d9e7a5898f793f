using System.Collections.Concurrent;

namespace Tutti.Gateway.Aggregation;

/// <summary>Keeps the cancellation sources of ended requests: a new one with its timer and registrations costs each request half a KB.</summary>
internal static class RequestTimers
{
    const int Most = 256;

    static readonly ConcurrentBag<CancellationTokenSource> Kept = [];
    static int _count;

    /// <summary>A source that is cancelled when the time is up.</summary>
    public static CancellationTokenSource Rent(TimeSpan limit, TimeProvider clock)
    {
        if (clock != TimeProvider.System || !Kept.TryTake(out var source))
        {
            return new CancellationTokenSource(limit, clock);
        }

        Interlocked.Decrement(ref _count);
        source.CancelAfter(limit);
        return source;
    }

    /// <summary>Takes a source back whose token nobody uses any more; one that was cancelled is of no more use.</summary>
    public static void Return(CancellationTokenSource source, TimeProvider clock)
    {
        if (clock == TimeProvider.System && Volatile.Read(ref _count) < Most && source.TryReset())
        {
            Interlocked.Increment(ref _count);
            Kept.Add(source);
        }
        else
        {
            source.Dispose();
        }
    }
}
