using Tutti.Gateway.Caching.Cluster;
using Tutti.Gateway.Caching.Cluster.Entries;
using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Caching.Marks;
using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Caching.Sharing;

/// <summary>The entries that nodes share through Redis. On a node that is alone it is empty and costs nothing.</summary>
internal sealed class SharedShelf(ClusterNode cluster, MarkTable marks, TimeProvider clock)
{
    public bool IsThere => cluster.IsInStep;

    /// <summary>Where the invalidations of the cluster stand, to be noted when a fetch begins.</summary>
    public ClusterPosition Position => cluster.Current;

    /// <summary>Names an answer for all nodes.</summary>
    public static EntryKey KeyOf(CacheTicket ticket) => EntryKey.Of([.. ticket.Part.Fingerprint, .. ticket.Key]);

    /// <summary>Looks for an entry that no invalidation covers.</summary>
    /// <param name="sequence">The number of this node's last invalidation before the look.</param>
    public async ValueTask<CacheEntry?> FindAsync(EntryKey key, CacheTicket ticket, PartModel part, long sequence) =>
        Judge(await cluster.ReadAsync(key), ticket, part, sequence);

    /// <summary>
    /// Waits for the node that fetches the same, then looks again. Half of the part's time is kept for a call of one's own: that node may
    /// have failed.
    /// </summary>
    public async ValueTask<CacheEntry?> FindAfterAsync(EntryKey key, CacheTicket ticket, PartModel part, long sequence, CancellationToken ct) =>
        Judge(await cluster.ReadAfterLockAsync(key, part.Timeout / 2, ct), ticket, part, sequence);

    /// <summary>Asks to be the node that fetches.</summary>
    /// <returns>The lock; null with true where another node fetches, and with false where there is nobody to ask.</returns>
    public async ValueTask<(EntryLock? Lock, bool IsTaken)> LockAsync(EntryKey key)
    {
        var reply = await cluster.TryLockAsync(key);
        return (reply.Value, reply.IsAvailable && reply.Value is null);
    }

    public void Release(EntryLock held) => cluster.Release(held);

    /// <summary>Gives an entry to the other nodes, in the background.</summary>
    public void Put(EntryKey key, ClusterPosition begun, CacheEntry entry)
    {
        var left = clock.GetElapsedTime(clock.GetTimestamp(), entry.KeptUntil);
        cluster.Write(key, begun, EntryCodec.Write(entry, clock), left);
    }

    CacheEntry? Judge(Reply<SharedEntry?> reply, CacheTicket ticket, PartModel part, long sequence)
    {
        if (reply.Value is not { } shared || EntryCodec.Read(shared.Bytes.Span, ticket.Part, ticket.Key, sequence, shared.Left, clock) is not { } entry)
        {
            return null;
        }

        var number = shared.Position.Sequence;
        var isValid = marks.Everything.OfShared(number) == Validity.Valid
            && ticket.Part.Marks.OfShared(number, part, entry.Key) == Validity.Valid
            && marks.Uris.Find(entry.UriHash)?.OfShared(number) is null or Validity.Valid
            && CacheGroups.Of(entry.Has(EntryTraits.HasGroups) ? entry.ReadHead() : HeaderFields.None)
                .All(name => entry.Part.Origin.Find(name)?.OfShared(number) is null or Validity.Valid);
        return isValid ? entry : null;
    }
}
