using Tutti.Gateway.Caching.Cluster.Redis;

namespace Tutti.Gateway.Caching.Cluster.Invalidations;

/// <summary>What this node hears: announcements of all nodes, and confirmations meant for it.</summary>
internal sealed class ClusterPeers(ulong node, RedisLink link, RedisKeys keys, Confirmations confirmations, TimeSpan timeout, TimeProvider clock)
{
    Task<bool>? _subscribed;

    public Inbox Inbox { get; } = new();

    /// <summary>There is a connection to Redis, however slow its answers are.</summary>
    public bool AreReachable => link.IsConnected;

    /// <summary>
    /// Whether announcements reach this node: it sends one to itself. A connection that is back may not have its subscriptions yet.
    /// </summary>
    public async Task<bool> CanHearAsync()
    {
        if (!AreReachable || !await IsSubscribedAsync())
        {
            return false;
        }

        var greeted = Inbox.ExpectGreeting();
        var sent = await link.AskAsync(redis => redis.PublishAsync(keys.Announcements, Inbox.Greeting));
        if (!sent.IsAvailable || await EndsInTimeAsync(greeted))
        {
            return sent.IsAvailable;
        }

        // Redis answers and yet nothing is heard: a subscription that was refused is not tried again by itself.
        _subscribed = null;
        return false;
    }

    async Task<bool> IsSubscribedAsync()
    {
        _subscribed ??= SubscribeAsync();
        if (!await EndsInTimeAsync(_subscribed))
        {
            return false;
        }

        if (await _subscribed)
        {
            return true;
        }

        _subscribed = null;
        return false;
    }

    async Task<bool> SubscribeAsync() =>
        await link.SubscribeAsync(keys.Announcements, Inbox.Take) && await link.SubscribeAsync(keys.Confirmations(node), confirmations.Take);

    async Task<bool> EndsInTimeAsync(Task task)
    {
        try
        {
            await task.WaitAsync(timeout, clock);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
