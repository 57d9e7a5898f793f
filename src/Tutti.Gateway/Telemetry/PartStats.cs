namespace Tutti.Gateway.Telemetry;

/// <summary>What is counted of one part: totals for metrics, the last ten seconds and the latest latencies for dashboards.</summary>
internal sealed class PartStats(string partId, TimeProvider clock)
{
    /// <summary>How many kinds of event there are.</summary>
    public const int Events = (int)PartEvent.Cached + 1;

    static readonly TimeSpan RecentHalf = TimeSpan.FromSeconds(30);

    readonly long[] _totals = new long[Events];
    readonly RollingCounts _rolling = new(clock, TimeSpan.FromSeconds(10), Events);
    readonly Lock _turnover = new();
    LatencyHistogram? _beforeRecent;
    LatencyHistogram? _recent;
    long _recentSince;
    long _began;

    public string PartId => partId;

    /// <summary>The time from the pool's door to the last byte, since the start.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>Calls that run now: each that ended has a latency.</summary>
    public int Active => (int)Math.Max(0, Volatile.Read(ref _began) - Latency.Count());

    public void Began() => Interlocked.Increment(ref _began);

    /// <summary>Counts the end of a call that <see cref="Began"/>.</summary>
    /// <param name="now">The timestamp of the end.</param>
    public void Ended(PartEvent how, TimeSpan latency, long now)
    {
        Count(how, now);
        Latency.Add(latency);
    }

    /// <summary>Counts what never became a call.</summary>
    public void Count(PartEvent what) => Count(what, clock.GetTimestamp());

    public long Total(PartEvent what) => Volatile.Read(ref _totals[(int)what]);

    /// <summary>How many there were in the last ten seconds.</summary>
    public int Rolling(PartEvent what) => _rolling.Sum((int)what);

    /// <summary>The latency below which that share of the recent calls stayed; see <see cref="Before"/>.</summary>
    public TimeSpan RecentPercentile(double share) => Latency.Percentile(share, Before());

    /// <summary>The mean latency of the recent calls; see <see cref="Before"/>.</summary>
    public TimeSpan RecentMean()
    {
        var before = Before();
        var count = Latency.Count() - (before?.Count() ?? 0);
        return count <= 0 ? TimeSpan.Zero : TimeSpan.FromMicroseconds((Latency.TotalMicroseconds - (before?.TotalMicroseconds ?? 0)) / count);
    }

    void Count(PartEvent what, long now)
    {
        Interlocked.Increment(ref _totals[(int)what]);
        _rolling.Add((int)what, now);
    }

    /// <summary>
    /// What is not recent: the latencies as they were 30 to 60 seconds ago while somebody reads them at least every 30, else at the
    /// reading before; null at first, when all are. Calls do no work for it.
    /// </summary>
    LatencyHistogram? Before()
    {
        lock (_turnover)
        {
            var now = clock.GetTimestamp();
            if (_recent is null || clock.GetElapsedTime(_recentSince, now) >= RecentHalf)
            {
                _beforeRecent = _recent;
                _recent = Latency.Copy();
                _recentSince = now;
            }

            return _beforeRecent;
        }
    }
}
