using StackExchange.Redis;
using Tutti.Gateway.Caching.Cluster.Entries;

namespace Tutti.Gateway.Caching.Cluster.Redis;

/// <summary>The names of everything that is kept in Redis.</summary>
internal sealed class RedisKeys(string prefix)
{
    /// <summary>A hash: the epoch, and the number that was given last.</summary>
    public RedisKey Head { get; } = $"{prefix}:head";

    /// <summary>A stream: the last invalidations, by their numbers.</summary>
    public RedisKey Log { get; } = $"{prefix}:log";

    /// <summary>Where every invalidation is announced.</summary>
    public RedisChannel Announcements { get; } = RedisChannel.Literal($"{prefix}:log");

    /// <summary>Where a node hears that others have applied what it announced.</summary>
    public RedisChannel Confirmations(ulong node) => RedisChannel.Literal($"{prefix}:confirmations:{ClusterPosition.EpochToText(node)}");

    public RedisKey Entry(ClusterPosition position, EntryKey key) => $"{prefix}:{position.EpochText}:e:{key.Hash}";

    public RedisKey Lock(ClusterPosition position, EntryKey key) => $"{prefix}:{position.EpochText}:l:{key.Hash}";
}
