using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tutti.Gateway.Telemetry;

/// <summary>Counts latencies in buckets that grow by a quarter of a doubling (19 %), from 64 µs to about 70 s.</summary>
internal sealed class LatencyHistogram
{
    const int BucketCount = 84;
    const int FirstPower = 6;

    Buckets _buckets;
    long _totalMicroseconds;

    public long TotalMicroseconds => Volatile.Read(ref _totalMicroseconds);

    public double TotalSeconds => TotalMicroseconds / 1e6;

    public void Add(TimeSpan latency)
    {
        var microseconds = Math.Max(0, latency.Ticks / TimeSpan.TicksPerMicrosecond);
        Interlocked.Increment(ref _buckets[IndexOf(microseconds)]);
        Interlocked.Add(ref _totalMicroseconds, microseconds);
    }

    public long Count()
    {
        var count = 0L;
        foreach (var bucket in _buckets)
        {
            count += bucket;
        }

        return count;
    }

    /// <summary>The counts as they are now, to be taken off later ones.</summary>
    public LatencyHistogram Copy() => new() { _buckets = _buckets, _totalMicroseconds = _totalMicroseconds };

    /// <summary>How many latencies were at most that long, to the resolution of a bucket.</summary>
    public long CountUpTo(TimeSpan limit)
    {
        var last = IndexOf((limit.Ticks / TimeSpan.TicksPerMicrosecond) - 1);
        var count = 0L;
        for (var i = 0; i <= last; i++)
        {
            count += _buckets[i];
        }

        return count;
    }

    /// <summary>The latency below which that share of the calls stayed: the upper edge of its bucket.</summary>
    /// <param name="share">0 to 1.</param>
    /// <param name="before">An earlier copy, whose calls are left out.</param>
    public TimeSpan Percentile(double share, LatencyHistogram? before = null)
    {
        var total = Count() - (before?.Count() ?? 0);
        var rank = (long)Math.Ceiling(total * share);
        var seen = 0L;
        for (var i = 0; i < BucketCount && total > 0; i++)
        {
            seen += _buckets[i] - (before?._buckets[i] ?? 0);
            if (seen >= Math.Max(1, rank))
            {
                return UpperEdge(i);
            }
        }

        return TimeSpan.Zero;
    }

    static int IndexOf(long microseconds)
    {
        if (microseconds < 1L << FirstPower)
        {
            return 0;
        }

        var power = BitOperations.Log2((ulong)microseconds);
        var quarter = (int)((microseconds >> (power - 2)) & 3);
        return Math.Min(BucketCount - 1, ((power - FirstPower) * 4) + quarter + 1);
    }

    static TimeSpan UpperEdge(int index)
    {
        var power = FirstPower + ((index - 1) / 4);
        var quarter = (index - 1) % 4;
        return index == 0
            ? TimeSpan.FromMicroseconds(1L << FirstPower)
            : TimeSpan.FromMicroseconds((1L << power) + ((quarter + 1L) << (power - 2)));
    }

    /// <summary>The counts, within the object itself.</summary>
    [InlineArray(BucketCount)]
    struct Buckets
    {
        long _first;
    }
}
