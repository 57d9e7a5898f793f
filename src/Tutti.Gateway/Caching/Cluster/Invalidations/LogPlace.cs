namespace Tutti.Gateway.Caching.Cluster.Invalidations;

/// <summary>
/// How far this node has come in the log. It alone tells the events, one at a time, so that each position stands for exactly what was
/// applied before it.
/// </summary>
internal sealed class LogPlace(ulong node, ClusterEvents events, Announcements announcements, ILogger log)
{
    readonly Lock _change = new();
    ClusterPosition _current;
    byte[] _last = [];

    public ClusterPosition Current
    {
        get
        {
            lock (_change)
            {
                return _current;
            }
        }
    }

    /// <summary>Whether a page that was read from here goes on where this node stands.</summary>
    public bool IsContinuedBy(LogPage page)
    {
        lock (_change)
        {
            return !_current.IsNone
                && page.End.Epoch == _current.Epoch
                && (_current.Sequence == 0
                    || (page.Entries.Count > 0 && page.Entries[0].Position == _current && page.Entries[0].Payload.AsSpan().SequenceEqual(_last)));
        }
    }

    /// <summary>Applies an entry if it is the next one.</summary>
    public bool TryApply(LogEntry entry)
    {
        lock (_change)
        {
            if (_current.IsNone || entry.Position != _current with { Sequence = _current.Sequence + 1 })
            {
                return false;
            }

            var message = LogMessage.Read(entry.Payload);
            if (message.Node != node)
            {
                events.Apply(message.Invalidation, entry.Position.Sequence);
            }
            else if (announcements.Find(message.Id) is { } own)
            {
                Number(own, entry.Position.Sequence);
            }

            _last = entry.Payload;
            _current = entry.Position;
            return true;
        }
    }

    /// <summary>Goes to the end of the log without having applied what stands before.</summary>
    public void Begin(LogPage page)
    {
        lock (_change)
        {
            if (!_current.IsNone)
            {
                log.Lost(page.End.EpochText, page.End.Sequence);
            }

            events.Lost();
            _last = page.Entries.Count > 0 ? page.Entries[^1].Payload : [];
            _current = page.End;
        }
    }

    /// <summary>Tells the number that Redis gave, unless it is of another epoch and means nothing here.</summary>
    public bool TryNumber(Announcement announcement, ClusterPosition given)
    {
        lock (_change)
        {
            if (given.Epoch == _current.Epoch)
            {
                Number(announcement, given.Sequence);
            }

            return announcement.Sequence is not null;
        }
    }

    void Number(Announcement announcement, long sequence)
    {
        if (announcement.Sequence is null)
        {
            announcement.Number(sequence);
            events.Number(announcement.Invalidation, announcement.Mark, sequence);
        }
    }
}
