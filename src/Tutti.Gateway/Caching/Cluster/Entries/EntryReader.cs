using StackExchange.Redis;
using Tutti.Gateway.Caching.Cluster.Redis;

namespace Tutti.Gateway.Caching.Cluster.Entries;

/// <summary>Reads entries; what is no whole entry of the epoch is absent, and deleted.</summary>
internal sealed class EntryReader(RedisLink link, RedisKeys keys)
{
    public async ValueTask<Reply<SharedEntry?>> ReadAsync(EntryKey key, ClusterPosition current)
    {
        var name = keys.Entry(current, key);
        var reply = await link.AskAsync(redis => GetAsync(redis, name));
        if (!reply.IsAvailable)
        {
            return Reply<SharedEntry>.None;
        }

        if (reply.Value.Frame is not { } frame)
        {
            return Reply<SharedEntry?>.Of(null);
        }

        if (EntryFrame.Read(key, current.Epoch, frame) is { } entry)
        {
            return Reply<SharedEntry?>.Of(entry with { Left = reply.Value.Left ?? TimeSpan.Zero });
        }

        _ = link.AskAsync(redis => redis.KeyDeleteAsync(name));
        return Reply<SharedEntry?>.Of(null);
    }

    /// <summary>A value of a foreign type is read as an empty one, which is no entry either.</summary>
    static async Task<(byte[]? Frame, TimeSpan? Left)> GetAsync(IDatabase redis, RedisKey name)
    {
        try
        {
            var found = await redis.StringGetWithExpiryAsync(name);
            return (found.Value, found.Expiry);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal))
        {
            return ([], null);
        }
    }
}
