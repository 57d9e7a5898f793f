using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Caching.Cluster;

/// <summary>What the cluster's side says in the log: one line per change of state.</summary>
internal static partial class ClusterLog
{
    [LoggerMessage(EventIds.ClusterInStep, LogLevel.Information, "In step with the cluster: epoch {Epoch}, invalidation {Sequence}")]
    public static partial void InStep(this ILogger log, string epoch, long sequence);

    [LoggerMessage(EventIds.RedisAway, LogLevel.Warning, "Redis is away and this node goes on by itself: {Reason}")]
    public static partial void RedisAway(this ILogger log, string reason);

    [LoggerMessage(EventIds.InvalidationsMissed, LogLevel.Warning, "Dropped what is cached in memory: the cluster begins anew at epoch {Epoch}, invalidation {Sequence}")]
    public static partial void Lost(this ILogger log, string epoch, long sequence);

    [LoggerMessage(EventIds.InvalidationsMerged, LogLevel.Warning, "More than {Most} invalidations wait for Redis: all are merged into one of everything")]
    public static partial void Merged(this ILogger log, int most);

    [LoggerMessage(EventIds.InvalidationsUntold, LogLevel.Warning, "This node ends while {Count} of its invalidations wait for Redis: the other nodes do not learn of them")]
    public static partial void Untold(this ILogger log, int count);

    [LoggerMessage(EventIds.FollowingFailed, LogLevel.Error, "Following the cluster failed and is tried again")]
    public static partial void FollowingFailed(this ILogger log, Exception failure);
}
