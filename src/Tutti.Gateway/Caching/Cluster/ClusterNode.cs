using Tutti.Gateway.Caching.Cluster.Entries;
using Tutti.Gateway.Caching.Cluster.Invalidations;

namespace Tutti.Gateway.Caching.Cluster;

/// <summary>
/// This node among the others: reads and writes the entries they share through Redis, and tells them what it invalidated. Nothing here
/// throws when Redis fails, and nothing waits for it longer than its limit. Without Redis configured the node is alone.
/// </summary>
internal sealed class ClusterNode(ClusterOptions options, TimeProvider clock, ILogger<ClusterNode> log) : IAsyncDisposable
{
    readonly TimeSpan _invalidationWait = TimeSpan.FromMilliseconds(options.InvalidationWaitMs);
    ClusterSession? _session;

    /// <summary>No Redis is configured.</summary>
    public bool IsAlone => options.ConnectionString.Length == 0;

    /// <summary>Redis answers, and this node has applied all that is in its log.</summary>
    public bool IsInStep => _session is { Gate.IsOpen: true };

    /// <summary>How far this node has applied invalidations; to be noted when a fetch begins.</summary>
    public ClusterPosition Current => _session?.Place.Current ?? ClusterPosition.None;

    /// <summary>The longest that Redis may delay a call.</summary>
    public TimeSpan MostDelay { get; } = TimeSpan.FromMilliseconds(options.OperationTimeoutMs);

    /// <summary>Operations that Redis did not answer in time.</summary>
    public int Timeouts => _session?.Link.Timeouts ?? 0;

    /// <summary>Lost connections that came back.</summary>
    public int Reconnects => _session?.Link.Reconnects ?? 0;

    /// <summary>Invalidations that had to wait for Redis since the start.</summary>
    public long QueuedInvalidations => _session?.Outbox.Queued ?? 0;

    /// <summary>Invalidations that wait for Redis now.</summary>
    public int WaitingInvalidations => _session?.Outbox.Count ?? 0;

    /// <summary>Entries that were not written because too much waited already.</summary>
    public long DroppedWrites => _session?.Writer.Dropped ?? 0;

    ClusterSession? InStep => _session is { Gate.IsOpen: true } session ? session : null;

    /// <summary>Joins the cluster, in the background; does nothing on a node that is alone.</summary>
    public void Start(ClusterEvents events)
    {
        if (!IsAlone)
        {
            _session = new ClusterSession(options, events, clock, log);
        }
    }

    /// <summary>Looks for an entry: found, absent (a value of null), or Redis is not available.</summary>
    public ValueTask<Reply<SharedEntry?>> ReadAsync(EntryKey key) => InStep is { } session ? ReadAsync(session, key) : new(Reply<SharedEntry>.None);

    /// <summary>Writes an entry in the background, unless it was fetched in another epoch.</summary>
    /// <param name="begun">The position when its fetch began.</param>
    public void Write(EntryKey key, ClusterPosition begun, ReadOnlySpan<byte> bytes, TimeSpan ttl)
    {
        if (InStep is { } session && begun.Epoch == session.Place.Current.Epoch && ttl > TimeSpan.Zero)
        {
            session.Writer.Put(key, begun, bytes, ttl);
        }
    }

    /// <summary>Asks to be the one who fetches: the lock, null if another node fetches, or Redis is not available.</summary>
    public ValueTask<Reply<EntryLock?>> TryLockAsync(EntryKey key) =>
        InStep is { } session ? session.Locks.TryTakeAsync(key, session.Place.Current) : new(Reply<EntryLock>.None);

    /// <summary>Waits until the node that fetches is done or its lock has run out, or for so long, then looks for the entry.</summary>
    public async ValueTask<Reply<SharedEntry?>> ReadAfterLockAsync(EntryKey key, TimeSpan most, CancellationToken ct) =>
        InStep is { } session && await session.Locks.WaitAsync(key, session.Place.Current, most, ct) ? await ReadAsync(key) : Reply<SharedEntry>.None;

    /// <summary>Ends a lock, after what was written before it.</summary>
    public void Release(EntryLock held) => _session?.Writer.Release(held);

    /// <summary>
    /// Tells the others what this node has applied to itself already. Ends when all nodes that Redis reaches have confirmed, at the
    /// latest after the configured wait. If Redis is away it is told when Redis is back.
    /// </summary>
    /// <param name="mark">The node's own number for it, which <see cref="ClusterEvents.Number"/> gives back.</param>
    public ValueTask<InvalidationResult> InvalidateAsync(Invalidation invalidation, long mark, CancellationToken ct) =>
        _session is { } session
            ? session.Announcer.AnnounceAsync(invalidation, mark, session.Gate.IsOpen, _invalidationWait, ct)
            : new(InvalidationResult.Alone);

    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _session, null)?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>What was read of an epoch that ended meanwhile is of no use: the marks that would judge it are gone.</summary>
    static async ValueTask<Reply<SharedEntry?>> ReadAsync(ClusterSession session, EntryKey key)
    {
        var current = session.Place.Current;
        var reply = await session.Reader.ReadAsync(key, current);
        return session.Place.Current.Epoch == current.Epoch ? reply : Reply<SharedEntry>.None;
    }
}
