using Tutti.Gateway.Caching.Cluster;
using Tutti.Gateway.Caching.Cluster.Invalidations;

namespace Tutti.Gateway.Caching.Invalidating;

/// <summary>Tells other nodes in the background what backends made invalid. Equal invalidations that wait become one, so that a busy backend costs little.</summary>
internal sealed class Courier(ClusterNode cluster, TimeProvider clock)
{
    /// <summary>So many wait for those that are under way; beyond them one of everything takes their place.</summary>
    public const int Most = 1_000;

    static readonly Invalidation Everything = new Invalidation.Everything();

    readonly Lock _change = new();
    Batch _waiting = new();
    Batch? _underWay;
    Task _run = Task.CompletedTask;

    /// <param name="mark">This node's number of it.</param>
    public void Take(Invalidation invalidation, long mark)
    {
        lock (_change)
        {
            Put(invalidation, mark);
            if (_underWay is null)
            {
                _underWay = TakeWaiting();
                _run = Task.Run(RunAsync);
            }
        }
    }

    /// <summary>Waits until what was taken so far is told, or for so long.</summary>
    public Task ToldAsync(TimeSpan most)
    {
        Task told;
        lock (_change)
        {
            told = (_waiting.Marks.Count > 0 ? _waiting : _underWay)?.Told.Task ?? Task.CompletedTask;
        }

        return told.IsCompleted ? Task.CompletedTask : LimitAsync(told.WaitAsync(most, clock));
    }

    /// <summary>Waits until all that was taken is told, or there is no time for it.</summary>
    public Task EndAsync(CancellationToken ct)
    {
        lock (_change)
        {
            return LimitAsync(_run.WaitAsync(ct));
        }
    }

    static async Task LimitAsync(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    void Put(Invalidation invalidation, long mark)
    {
        var marks = _waiting.Marks;
        if (marks.ContainsKey(Everything) || (marks.Count >= Most && !marks.ContainsKey(invalidation)))
        {
            mark = Math.Max(mark, marks.Values.Max());
            marks.Clear();
            invalidation = Everything;
        }

        marks[invalidation] = Math.Max(mark, marks.GetValueOrDefault(invalidation));
    }

    async Task RunAsync()
    {
        for (var batch = _underWay; batch is not null; batch = Next())
        {
            await Task.WhenAll(batch.Marks.Select(told => cluster.InvalidateAsync(told.Key, told.Value, CancellationToken.None).AsTask()));
            batch.Told.SetResult();
        }
    }

    /// <returns>Null where nothing waits, and the run is over.</returns>
    Batch? Next()
    {
        lock (_change)
        {
            return _underWay = _waiting.Marks.Count > 0 ? TakeWaiting() : null;
        }
    }

    Batch TakeWaiting()
    {
        var taken = _waiting;
        _waiting = new Batch();
        return taken;
    }

    /// <summary>What is told together.</summary>
    sealed class Batch
    {
        public Dictionary<Invalidation, long> Marks { get; } = [];

        public TaskCompletionSource Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
