namespace Tutti.Gateway.Caching.Cluster.Invalidations;

/// <summary>Tells the other nodes what this one invalidated: at once if Redis is there, else when it is back.</summary>
internal sealed class Announcer(
    ulong node, InvalidationLog log, LogPlace place, Announcements announcements, Outbox outbox, ClusterPeers peers, TimeProvider clock)
{
    /// <summary>
    /// Tells of an invalidation and waits for the nodes that Redis reaches. Redis may have been too slow for readers and be there all the
    /// same: as long as there is a connection, what has to queue is waited for too.
    /// </summary>
    /// <param name="canSend">Whether this node is in step, so that Redis is worth being asked at once.</param>
    /// <param name="most">The longest wait.</param>
    public async ValueTask<InvalidationResult> AnnounceAsync(
        Invalidation invalidation, long mark, bool canSend, TimeSpan most, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        var announcement = announcements.Make(invalidation, mark);
        try
        {
            if (!canSend || !outbox.IsEmpty || !await TrySendAsync(announcement))
            {
                outbox.Add(announcement);
                peers.Inbox.WantLook();
            }

            var rest = most - clock.GetElapsedTime(began);
            if (announcement.Sequence is not null || peers.AreReachable)
            {
                await announcement.WaitAsync(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, clock, ct);
            }

            return announcement.Result;
        }
        finally
        {
            announcements.Release(announcement);
        }
    }

    /// <summary>Sends what waits, in order, as far as Redis takes it.</summary>
    public async Task FlushAsync()
    {
        while (outbox.First is { } announcement && (announcement.Sequence is not null || await TrySendAsync(announcement)))
        {
            outbox.Remove(announcement);
        }
    }

    /// <summary>Whether the announcement is in Redis and has its number. The log may tell so even where the reply was lost.</summary>
    async ValueTask<bool> TrySendAsync(Announcement announcement)
    {
        if (await log.AppendAsync(new LogMessage(node, announcement.Id, announcement.Invalidation)) is not { } appended)
        {
            return announcement.Sequence is not null;
        }

        announcement.Reach(appended.Receivers);
        return place.TryNumber(announcement, appended.Position);
    }
}
