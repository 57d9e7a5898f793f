using System.Collections.Concurrent;

namespace Tutti.Gateway.Caching.Cluster.Invalidations;

/// <summary>The announcements of this node that somebody holds: whoever waits for confirmations, and the outbox.</summary>
internal sealed class Announcements
{
    readonly ConcurrentDictionary<long, Announcement> _open = new();
    long _last;

    /// <summary>Makes one that its maker holds.</summary>
    public Announcement Make(Invalidation invalidation, long mark)
    {
        var made = new Announcement(Interlocked.Increment(ref _last), invalidation, mark);
        _open[made.Id] = made;
        return made;
    }

    public Announcement? Find(long id) => _open.GetValueOrDefault(id);

    /// <summary>Forgets it when nobody else holds it.</summary>
    public void Release(Announcement announcement)
    {
        if (announcement.TryLetGo())
        {
            _open.TryRemove(announcement.Id, out _);
        }
    }
}
