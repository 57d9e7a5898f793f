using System.Collections.Concurrent;

namespace Tutti.Gateway.ProxyCache.Fetching;

/// <summary>The fetches that run: one for each thing that is asked for.</summary>
internal sealed class SharedFetches
{
    readonly ConcurrentDictionary<string, SharedFetch> _running = new(StringComparer.Ordinal);

    /// <summary>Joins the fetch for the same, or begins one.</summary>
    /// <param name="now">The number of the last invalidation.</param>
    /// <param name="least">The number of the last invalidation that may concern the answer: what began before it is not joined.</param>
    /// <param name="isLeader">Whether it is new, and the caller has to run it.</param>
    public SharedFetch Join(string key, long now, long least, out bool isLeader)
    {
        while (true)
        {
            var isRunning = _running.TryGetValue(key, out var running);
            if (isRunning && running!.Sequence >= least && !running.Result.IsCompleted)
            {
                isLeader = false;
                return running;
            }

            var own = new SharedFetch(key, now);
            isLeader = isRunning ? _running.TryUpdate(key, own, running!) : _running.TryAdd(key, own);
            if (isLeader)
            {
                return own;
            }
        }
    }

    /// <summary>Ends a fetch for all who wait.</summary>
    public void End(SharedFetch fetch, FetchResult result)
    {
        _running.TryRemove(KeyValuePair.Create(fetch.Key, fetch));
        fetch.End(result);
    }
}
