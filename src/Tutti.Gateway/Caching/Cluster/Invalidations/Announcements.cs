using System.Collections.Concurrent;

namespace Tutti.Gateway.Caching.Cluster.Invalidations;

/// <summary>The announcements of this node that have no number yet, or whose confirmations are awaited.</summary>
internal sealed class Announcements
{
    readonly ConcurrentDictionary<long, Announcement> _open = new();
    long _last;

    public Announcement Make(Invalidation invalidation, long mark)
    {
        var made = new Announcement(Interlocked.Increment(ref _last), invalidation, mark);
        _open[made.Id] = made;
        return made;
    }

    public Announcement? Find(long id) => _open.GetValueOrDefault(id);

    public void Close(Announcement announcement) => _open.TryRemove(announcement.Id, out _);
}
