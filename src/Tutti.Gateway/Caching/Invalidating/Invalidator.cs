using Tutti.Gateway.Caching.Cluster;
using Tutti.Gateway.Caching.Cluster.Invalidations;
using Tutti.Gateway.Caching.Marks;

namespace Tutti.Gateway.Caching.Invalidating;

/// <summary>Invalidates here at once and tells the other nodes. When it returns, no node that Redis reaches serves what was invalidated.</summary>
internal sealed class Invalidator(MarkTable marks, ClusterNode cluster, Courier courier)
{
    /// <returns>How far the other nodes know of it.</returns>
    public ValueTask<InvalidationResult> InvalidateAsync(Invalidation invalidation, CancellationToken ct)
    {
        var mark = marks.Note(invalidation, cluster.IsAlone ? 0 : Mark.Pending);
        return cluster.InvalidateAsync(invalidation, mark, ct);
    }

    /// <summary>Invalidates here at once and tells the other nodes in the background.</summary>
    public void Invalidate(Invalidation invalidation)
    {
        var mark = marks.Note(invalidation, cluster.IsAlone ? 0 : Mark.Pending);
        if (!cluster.IsAlone)
        {
            courier.Take(invalidation, mark);
        }
    }

    /// <summary>Ends when the other nodes have confirmed what they are told in the background, or a call has been delayed for long enough.</summary>
    public Task ToldAsync() => cluster.IsInStep ? courier.ToldAsync(cluster.MostDelay) : Task.CompletedTask;

    /// <summary>What the other nodes tell is applied here.</summary>
    public ClusterEvents Events() => new()
    {
        Apply = (invalidation, number) => marks.Note(invalidation, number),
        Number = marks.Number,
        Lost = marks.Lose,
    };
}
