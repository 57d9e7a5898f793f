namespace Tutti.Gateway.Caching.Fetching;

/// <summary>Bounds how many stale entries are fetched anew at once behind their answers.</summary>
internal sealed class Refreshes(CachingOptions options)
{
    int _running;

    public bool TryBegin()
    {
        if (Interlocked.Increment(ref _running) <= options.MaxRefreshes)
        {
            return true;
        }

        Interlocked.Decrement(ref _running);
        return false;
    }

    public void Ended() => Interlocked.Decrement(ref _running);

    /// <summary>Waits for a fetch that nobody else needs to wait for.</summary>
    public async Task RunAsync(Fetch fetch, Task run)
    {
        try
        {
            await run;
        }
        finally
        {
            fetch.Leave();
            Ended();
        }
    }
}
