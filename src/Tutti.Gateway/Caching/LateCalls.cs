namespace Tutti.Gateway.Caching;

/// <summary>Counts the calls that run on to fill the cache after everybody who waited for them has left, so that they stay few and can be drained at shutdown.</summary>
internal sealed class LateCalls(int most)
{
    int _running;

    public int Running => Volatile.Read(ref _running);

    /// <summary>Takes so many calls in, or none of them.</summary>
    public bool TryAdopt(int count)
    {
        if (Interlocked.Add(ref _running, count) <= most)
        {
            return true;
        }

        Interlocked.Add(ref _running, -count);
        return false;
    }

    public void Ended() => Interlocked.Decrement(ref _running);

    /// <summary>Waits until none runs, at most for the given time.</summary>
    public async Task DrainAsync(TimeSpan limit, TimeProvider clock, CancellationToken ct)
    {
        var since = clock.GetTimestamp();
        while (Running > 0 && clock.GetElapsedTime(since) < limit)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock, ct);
        }
    }
}
