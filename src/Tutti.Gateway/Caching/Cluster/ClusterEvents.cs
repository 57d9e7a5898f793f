using Tutti.Gateway.Caching.Cluster.Invalidations;

namespace Tutti.Gateway.Caching.Cluster;

/// <summary>
/// What the cluster tells its node. One at a time and in the order of the cluster's numbers; none may block, throw or call the
/// cluster.
/// </summary>
internal sealed class ClusterEvents
{
    /// <summary>Another node's invalidation, with its number. The position moves on once this has returned.</summary>
    public required Action<Invalidation, long> Apply { get; init; }

    /// <summary>
    /// An invalidation of this node is in Redis: it, and all equal ones up to the given mark, have the number. The kind Everything also
    /// stands for others that it took the place of: then every mark up to the given one has the number.
    /// </summary>
    public required Action<Invalidation, long, long> Number { get; init; }

    /// <summary>
    /// Invalidations were missed, or the numbers began anew: all in memory must go, and so must marks that have a number. Marks
    /// without one stay: theirs is still to come.
    /// </summary>
    public required Action Lost { get; init; }
}
