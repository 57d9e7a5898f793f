using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Proxy.Counting;

/// <summary>What is counted of the proxied requests of one service since the start.</summary>
internal sealed class ProxyStats
{
    readonly long[] _totals = new long[(int)ProxyEnd.Abandoned + 1];

    /// <summary>The time from the request's head to the last byte of its answer; connections that were upgraded have none.</summary>
    public LatencyHistogram Latency { get; } = new();

    public long Total(ProxyEnd end) => Volatile.Read(ref _totals[(int)end]);

    /// <param name="elapsed">Null for what is no single answer.</param>
    public void Ended(ProxyEnd how, TimeSpan? elapsed)
    {
        Interlocked.Increment(ref _totals[(int)how]);
        if (elapsed is { } time)
        {
            Latency.Add(time);
        }
    }
}
