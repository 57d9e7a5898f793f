using System.Buffers.Binary;
using System.Security.Cryptography;
using Tutti.Gateway.Caching.Cluster.Entries;
using Tutti.Gateway.Caching.Cluster.Invalidations;
using Tutti.Gateway.Caching.Cluster.Redis;

namespace Tutti.Gateway.Caching.Cluster;

/// <summary>All that a node in a cluster runs: connection, follower and writer, from start to end.</summary>
internal sealed class ClusterSession : IAsyncDisposable
{
    readonly CancellationTokenSource _end = new();
    readonly LogFollower _follower;
    readonly ITimer _poll;
    readonly Task _running;
    readonly ILogger _log;

    public ClusterSession(ClusterOptions options, ClusterEvents events, TimeProvider clock, ILogger log)
    {
        _log = log;
        var node = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        var keys = new RedisKeys(options.Prefix);
        Gate = new RedisGate(log);
        Link = new RedisLink(options, Gate, clock);
        Reader = new EntryReader(Link, keys);
        Writer = new EntryWriter(Link, Gate, keys);
        Locks = new EntryLocks(Link, keys, Writer, TimeSpan.FromMilliseconds(options.LockMs), clock);

        var announcements = new Announcements();
        var source = new InvalidationLog(Link, keys, TimeSpan.FromMilliseconds(Math.Max(options.OperationTimeoutMs, options.InvalidationWaitMs)));
        var confirmations = new Confirmations(node, Link, keys, announcements);
        var peers = new ClusterPeers(node, Link, keys, confirmations, TimeSpan.FromMilliseconds(options.OperationTimeoutMs), clock);
        Place = new LogPlace(node, events, announcements, log);
        Outbox = new Outbox(announcements, log);
        Announcer = new Announcer(node, source, Place, announcements, Outbox, peers, clock);
        _follower = new LogFollower(peers, source, Place, Announcer, confirmations, Gate, log);

        var every = TimeSpan.FromMilliseconds(options.PollMs);
        _poll = clock.CreateTimer(_ => peers.Inbox.WantLook(), null, every, every);
        _running = Task.WhenAll(
            Task.Run(() => Link.ConnectAsync(peers.Inbox.WantLook, _end.Token)),
            Task.Run(() => _follower.RunAsync(_end.Token)),
            Task.Run(() => Writer.RunAsync(_end.Token)));
    }

    public RedisGate Gate { get; }

    public RedisLink Link { get; }

    public EntryReader Reader { get; }

    public EntryWriter Writer { get; }

    public EntryLocks Locks { get; }

    public LogPlace Place { get; }

    public Announcer Announcer { get; }

    public Outbox Outbox { get; }

    public async ValueTask DisposeAsync()
    {
        await _poll.DisposeAsync();
        await _end.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Link.DisposeAsync();
        _end.Dispose();
        if (!Outbox.IsEmpty)
        {
            _log.Untold(Outbox.Count);
        }
    }
}
