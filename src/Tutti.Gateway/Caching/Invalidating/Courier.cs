using Tutti.Gateway.Caching.Cluster;
using Tutti.Gateway.Caching.Cluster.Invalidations;

namespace Tutti.Gateway.Caching.Invalidating;

/// <summary>Tells other nodes in the background what backends made invalid. Equal invalidations that wait become one, so that a busy backend costs little.</summary>
internal sealed class Courier(ClusterNode cluster)
{
    /// <summary>So many wait for those that are under way; beyond them one of everything takes their place.</summary>
    public const int Most = 1_000;

    static readonly Invalidation Everything = new Invalidation.Everything();

    readonly Lock _change = new();
    Dictionary<Invalidation, long> _waiting = [];
    Task _run = Task.CompletedTask;
    bool _isRunning;

    /// <param name="mark">This node's number of it.</param>
    public void Take(Invalidation invalidation, long mark)
    {
        lock (_change)
        {
            Put(invalidation, mark);
            if (!_isRunning)
            {
                _isRunning = true;
                _run = Task.Run(RunAsync);
            }
        }
    }

    /// <summary>Waits until all that was taken is told, or there is no time for it.</summary>
    public async Task EndAsync(CancellationToken ct)
    {
        Task run;
        lock (_change)
        {
            run = _run;
        }

        await run.WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    void Put(Invalidation invalidation, long mark)
    {
        if (_waiting.ContainsKey(Everything) || (_waiting.Count >= Most && !_waiting.ContainsKey(invalidation)))
        {
            _waiting = new() { [Everything] = Math.Max(mark, _waiting.Values.Max()) };
            return;
        }

        _waiting[invalidation] = Math.Max(mark, _waiting.GetValueOrDefault(invalidation));
    }

    async Task RunAsync()
    {
        while (Next() is { } batch)
        {
            await Task.WhenAll(batch.Select(told => cluster.InvalidateAsync(told.Key, told.Value, CancellationToken.None).AsTask()));
        }
    }

    /// <returns>Null where nothing waits, and the run is over.</returns>
    Dictionary<Invalidation, long>? Next()
    {
        lock (_change)
        {
            _isRunning = _waiting.Count > 0;
            var batch = _isRunning ? _waiting : null;
            _waiting = [];
            return batch;
        }
    }
}
