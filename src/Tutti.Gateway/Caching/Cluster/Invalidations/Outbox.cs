namespace Tutti.Gateway.Caching.Cluster.Invalidations;

/// <summary>
/// Invalidations that wait for Redis, in order. Equal ones collapse into the later; beyond the bound all are merged into one of
/// everything.
/// </summary>
internal sealed class Outbox(Announcements announcements, ILogger log)
{
    public const int Most = 1_000;

    static readonly Invalidation Everything = new Invalidation.Everything();

    readonly Lock _change = new();
    readonly OrderedDictionary<Invalidation, Announcement> _waiting = [];
    int _count;
    long _queued;

    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    public int Count => Volatile.Read(ref _count);

    /// <summary>How many invalidations had to wait since the start.</summary>
    public long Queued => Volatile.Read(ref _queued);

    public void Add(Announcement announcement)
    {
        lock (_change)
        {
            _queued++;
            announcement.Hold();
            Put(announcement);
            Volatile.Write(ref _count, _waiting.Count);
        }
    }

    public Announcement? First
    {
        get
        {
            lock (_change)
            {
                return _waiting.Count == 0 ? null : _waiting.GetAt(0).Value;
            }
        }
    }

    /// <summary>Takes out what is in Redis now, unless an equal one has taken its place.</summary>
    public void Remove(Announcement announcement)
    {
        lock (_change)
        {
            if (_waiting.TryGetValue(announcement.Invalidation, out var waiting) && waiting == announcement)
            {
                Drop(announcement);
                Volatile.Write(ref _count, _waiting.Count);
            }
        }
    }

    void Put(Announcement announcement)
    {
        var isEverything = announcement.Invalidation == Everything;
        if (!isEverything && !_waiting.ContainsKey(Everything))
        {
            if (_waiting.TryGetValue(announcement.Invalidation, out var equal))
            {
                Drop(equal);
            }

            if (_waiting.Count < Most)
            {
                _waiting.Add(announcement.Invalidation, announcement);
                return;
            }

            log.Merged(Most);
        }

        Merge(announcement, isEverything);
    }

    void Merge(Announcement announcement, bool isEverything)
    {
        foreach (var merged in _waiting.Values.ToArray())
        {
            Drop(merged);
        }

        if (!isEverything)
        {
            announcements.Release(announcement);
            announcement = announcements.Make(Everything, announcement.Mark);
        }

        _waiting.Add(Everything, announcement);
    }

    void Drop(Announcement announcement)
    {
        _waiting.Remove(announcement.Invalidation);
        announcements.Release(announcement);
    }
}
