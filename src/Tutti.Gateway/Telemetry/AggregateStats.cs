namespace Tutti.Gateway.Telemetry;

/// <summary>What is counted of aggregates since the start.</summary>
internal sealed class AggregateStats
{
    const int Lowest = 100;
    const int Highest = 599;

    readonly long[] _byStatus = new long[Highest - Lowest + 1];

    /// <summary>The time from the request's header to the last byte of its answer.</summary>
    public LatencyHistogram Latency { get; } = new();

    public void Ended(int status, TimeSpan elapsed)
    {
        Interlocked.Increment(ref _byStatus[Math.Clamp(status, Lowest, Highest) - Lowest]);
        Latency.Add(elapsed);
    }

    /// <summary>How many ended with each status that there was.</summary>
    public IEnumerable<(int Status, long Count)> Totals()
    {
        for (var i = 0; i < _byStatus.Length; i++)
        {
            if (Volatile.Read(ref _byStatus[i]) is > 0 and var count)
            {
                yield return (Lowest + i, count);
            }
        }
    }
}
