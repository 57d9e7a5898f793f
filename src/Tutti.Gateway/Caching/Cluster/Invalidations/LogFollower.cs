using Tutti.Gateway.Caching.Cluster.Redis;

namespace Tutti.Gateway.Caching.Cluster.Invalidations;

/// <summary>
/// Keeps this node in step: applies announcements in the order of their numbers, fills gaps from the log, and opens the gate to Redis
/// only when the node has caught up.
/// </summary>
internal sealed class LogFollower(
    ClusterPeers peers, InvalidationLog source, LogPlace place, Announcer announcer, Confirmations confirmations, RedisGate gate, ILogger log)
{
    /// <summary>More pages than the log can have: it changes under the reader's hands, who tries again later.</summary>
    const int MostPages = 2 * RedisScripts.LogLength / RedisScripts.PageLength;

    /// <summary>How many announcements are applied before those that made them are told.</summary>
    const int MostAtOnce = 256;

    readonly Inbox _inbox = peers.Inbox;

    /// <summary>Announcements that came before what stands before them.</summary>
    readonly List<byte[]> _early = [];

    public async Task RunAsync(CancellationToken ct)
    {
        while (await _inbox.WaitAsync(ct))
        {
            try
            {
                await StepAsync();
            }
            catch (Exception e)
            {
                gate.Shut("following failed");
                log.FollowingFailed(e);
            }
        }
    }

    async Task StepAsync()
    {
        TakeAnnouncements();
        if (_inbox.TakeLook())
        {
            await LookAsync();
            TakeEarlyOnes();
        }

        confirmations.Send();
        if (gate.IsOpen)
        {
            await announcer.FlushAsync();
        }
    }

    void TakeAnnouncements()
    {
        for (var i = 0; i < MostAtOnce && _inbox.TryRead(out var message); i++)
        {
            if (message.Length > 0 && !TryFollow(message))
            {
                _early.Add(message);
                _inbox.WantLook();
            }
        }
    }

    /// <summary>The look has applied them, or they mean nothing here.</summary>
    void TakeEarlyOnes()
    {
        foreach (var message in _early)
        {
            TryFollow(message);
        }

        _early.Clear();
    }

    /// <summary>Applies an announcement, unless something is missing before it.</summary>
    bool TryFollow(byte[] message)
    {
        if (LogEntry.Read(message) is not { } entry)
        {
            return false;
        }

        var current = place.Current;
        var isKnown = entry.Position.Epoch == current.Epoch && entry.Position.Sequence <= current.Sequence;
        if (!isKnown && !place.TryApply(entry))
        {
            return false;
        }

        confirmations.Add(LogMessage.Read(entry.Payload));
        return true;
    }

    async Task LookAsync()
    {
        var era = gate.Era;
        if (!gate.IsOpen && !await peers.CanHearAsync())
        {
            gate.Shut("it does not answer");
        }
        else if (!await CatchUpAsync())
        {
            gate.Fail("its log cannot be read");
        }
        else
        {
            gate.TryOpen(era, place.Current);
        }
    }

    async Task<bool> CatchUpAsync()
    {
        for (var i = 0; i < MostPages; i++)
        {
            var current = place.Current;
            if (await source.ReadAsync(current.IsNone ? null : current.Sequence) is not { } page)
            {
                return false;
            }

            var reached = place.IsContinuedBy(page) ? ApplyAll(page) : ClusterPosition.None;
            if (reached == page.End)
            {
                return true;
            }

            if (reached.IsNone || reached == current)
            {
                await BeginAsync(current, page);
            }
        }

        return false;
    }

    ClusterPosition ApplyAll(LogPage page)
    {
        foreach (var entry in page.Entries)
        {
            place.TryApply(entry);
        }

        return place.Current;
    }

    async Task BeginAsync(ClusterPosition current, LogPage page)
    {
        if (page.End.Epoch == current.Epoch && !IsTrimmed(current, page))
        {
            await source.EndEpochAsync(current);
        }

        if (await source.ReadAsync(null) is { } last)
        {
            place.Begin(last);
        }
    }

    /// <summary>Whether the log is the same and has merely gone on for too long; else Redis went back to an older state.</summary>
    static bool IsTrimmed(ClusterPosition current, LogPage page) =>
        page.End.Sequence > current.Sequence && page.Entries.Count > 0 && page.Entries[0].Position.Sequence > current.Sequence;
}
