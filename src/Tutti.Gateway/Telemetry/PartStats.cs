namespace Tutti.Gateway.Telemetry;

/// <summary>What is counted of one part: totals for metrics, the last ten seconds and the last minute for dashboards.</summary>
internal sealed class PartStats(string partId, TimeProvider clock)
{
    /// <summary>How many kinds of event there are.</summary>
    public const int Events = (int)PartEvent.Cached + 1;

    static readonly TimeSpan RecentHalf = TimeSpan.FromSeconds(30);

    readonly long[] _totals = new long[Events];
    readonly RollingCounts _rolling = new(clock, TimeSpan.FromSeconds(10), Events);
    readonly Lock _turnover = new();
    LatencyHistogram _recent = new();
    LatencyHistogram _before = new();
    long _recentSince = clock.GetTimestamp();
    int _active;

    public string PartId => partId;

    /// <summary>The time from the pool's door to the last byte, since the start.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>Calls that run now.</summary>
    public int Active => Volatile.Read(ref _active);

    public void Began() => Interlocked.Increment(ref _active);

    /// <summary>Counts the end of a call that <see cref="Began"/>.</summary>
    /// <param name="now">The timestamp of the end.</param>
    public void Ended(PartEvent how, TimeSpan latency, long now)
    {
        Interlocked.Decrement(ref _active);
        Count(how, now);
        Latency.Add(latency);
        Recent(now).Add(latency);
    }

    /// <summary>Counts what never became a call.</summary>
    public void Count(PartEvent what) => Count(what, clock.GetTimestamp());

    public long Total(PartEvent what) => Volatile.Read(ref _totals[(int)what]);

    /// <summary>How many there were in the last ten seconds.</summary>
    public int Rolling(PartEvent what) => _rolling.Sum((int)what);

    /// <summary>The latency below which that share of the last 30 to 60 seconds' calls stayed.</summary>
    public TimeSpan RecentPercentile(double share) => LatencyHistogram.Percentile(share, Recent(clock.GetTimestamp()), _before);

    /// <summary>The mean latency of the last 30 to 60 seconds.</summary>
    public TimeSpan RecentMean()
    {
        var recent = Recent(clock.GetTimestamp());
        var count = recent.Count() + _before.Count();
        return count == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((recent.TotalSeconds + _before.TotalSeconds) / count);
    }

    void Count(PartEvent what, long now)
    {
        Interlocked.Increment(ref _totals[(int)what]);
        _rolling.Add((int)what, now);
    }

    LatencyHistogram Recent(long now)
    {
        if (clock.GetElapsedTime(Volatile.Read(ref _recentSince), now) < RecentHalf)
        {
            return _recent;
        }

        lock (_turnover)
        {
            var age = clock.GetElapsedTime(_recentSince, now);
            if (age >= RecentHalf)
            {
                _before = age < 2 * RecentHalf ? _recent : new LatencyHistogram();
                _recent = new LatencyHistogram();
                _recentSince = now;
            }

            return _recent;
        }
    }
}
