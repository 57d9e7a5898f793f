using System.Security.Cryptography;
using StackExchange.Redis;
using Tutti.Gateway.Caching.Cluster.Redis;

namespace Tutti.Gateway.Caching.Cluster.Entries;

/// <summary>Lets one node of the cluster fetch an answer while the others wait for it.</summary>
internal sealed class EntryLocks(RedisLink link, RedisKeys keys, EntryWriter writer, TimeSpan lockTime, TimeProvider clock)
{
    const int FirstPauseMs = 5;
    const int LongestPauseMs = 50;
    const int TokenLength = 16;

    /// <summary>Takes the lock; a value of null says that another node holds it.</summary>
    public async ValueTask<Reply<EntryLock?>> TryTakeAsync(EntryKey key, ClusterPosition current)
    {
        var wanted = new EntryLock(keys.Lock(current, key).ToString(), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenLength)));
        var reply = await link.AskAsync(redis => redis.StringSetAsync(wanted.Key, wanted.Token, lockTime, When.NotExists));
        if (reply.IsAvailable)
        {
            return Reply<EntryLock?>.Of(reply.Value ? wanted : null);
        }

        // It may have been taken all the same.
        writer.Release(wanted);
        return Reply<EntryLock>.None;
    }

    /// <summary>Waits until the lock is released or has run out, or for so long. False if Redis went away meanwhile.</summary>
    public async ValueTask<bool> WaitAsync(EntryKey key, ClusterPosition current, TimeSpan most, CancellationToken ct)
    {
        var name = keys.Lock(current, key);
        var began = clock.GetTimestamp();
        var pause = FirstPauseMs;
        while (clock.GetElapsedTime(began) < (most < lockTime ? most : lockTime))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(pause), clock, ct);
            pause = Math.Min(2 * pause, LongestPauseMs);
            var isHeld = await link.AskAsync(redis => redis.KeyExistsAsync(name));
            if (!isHeld.IsAvailable || !isHeld.Value)
            {
                return isHeld.IsAvailable;
            }
        }

        return true;
    }
}
