namespace Tutti.Gateway.Caching.Cluster.Invalidations;

/// <summary>An invalidation of this node on its way to the others.</summary>
/// <param name="id">What this node knows it by before it has a number.</param>
/// <param name="mark">The number that its maker gave it.</param>
internal sealed class Announcement(long id, Invalidation invalidation, long mark)
{
    readonly HashSet<ulong> _confirmed = [];
    readonly TaskCompletionSource _everyone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    long _sequence;
    int? _reached;
    int _holds = 1;

    public long Id => id;

    public Invalidation Invalidation => invalidation;

    public long Mark => mark;

    /// <summary>Its number in the cluster, once it is known.</summary>
    public long? Sequence => Volatile.Read(ref _sequence) is > 0 and var sequence ? sequence : null;

    public InvalidationResult Result
    {
        get
        {
            lock (_confirmed)
            {
                return new InvalidationResult(Sequence, _reached ?? 0, _confirmed.Count);
            }
        }
    }

    public void Hold() => Interlocked.Increment(ref _holds);

    /// <summary>Gives a hold back; true if it was the last.</summary>
    public bool TryLetGo() => Interlocked.Decrement(ref _holds) == 0;

    public void Number(long sequence) => Volatile.Write(ref _sequence, sequence);

    public void Reach(int nodes)
    {
        lock (_confirmed)
        {
            _reached = nodes;
            EndIfDue();
        }
    }

    public void Confirm(ulong node)
    {
        lock (_confirmed)
        {
            _confirmed.Add(node);
            EndIfDue();
        }
    }

    /// <summary>Waits until every node that was reached has confirmed, or for so long.</summary>
    public async Task WaitAsync(TimeSpan most, TimeProvider clock, CancellationToken ct)
    {
        try
        {
            await _everyone.Task.WaitAsync(most, clock, ct);
        }
        catch (TimeoutException)
        {
            // The result tells who is missing.
        }
    }

    void EndIfDue()
    {
        if (_confirmed.Count >= _reached)
        {
            _everyone.TrySetResult();
        }
    }
}
