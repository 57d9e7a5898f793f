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

        if (reply.Value is not { } frame)
        {
            return Reply<SharedEntry?>.Of(null);
        }

        var entry = EntryFrame.Read(key, current.Epoch, frame);
        if (entry is null)
        {
            _ = link.AskAsync(redis => redis.KeyDeleteAsync(name));
        }

        return Reply<SharedEntry?>.Of(entry);
    }

    /// <summary>A value of a foreign type is read as an empty one, which is no entry either.</summary>
    static async Task<byte[]?> GetAsync(IDatabase redis, RedisKey name)
    {
        try
        {
            return await redis.StringGetAsync(name);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal))
        {
            return [];
        }
    }
}
