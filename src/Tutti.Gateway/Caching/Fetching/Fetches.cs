using System.Collections.Concurrent;
using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Caching.Marks;
using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Caching.Fetching;

/// <summary>The fetches that run: one for each thing that is asked for.</summary>
internal sealed class Fetches(MarkTable marks, LateCalls late, TimeProvider clock)
{
    readonly ConcurrentDictionary<FetchKey, Fetch> _running = new();

    /// <summary>Joins the fetch for the same, or begins one.</summary>
    /// <param name="isLeader">Whether it is new, and the caller has to run it.</param>
    public Fetch Join(PartCall call, CacheTicket ticket, out bool isLeader)
    {
        var part = call.Part;
        var key = new FetchKey(ticket.Part, ticket.Key);
        if (ticket.IsAlone)
        {
            isLeader = true;
            return new Fetch(key, part, marks.Sequence, late: null, clock);
        }

        while (true)
        {
            var isRunning = _running.TryGetValue(key, out var running);
            if (isRunning && !ticket.IsNew && IsGood(running!, ticket.Part, call) && running!.TryJoin())
            {
                isLeader = false;
                return running;
            }

            // One that cannot be joined has ended, was given up, or began too early.
            var own = new Fetch(key, part, marks.Sequence, late, clock);
            isLeader = isRunning ? _running.TryUpdate(key, own, running!) : _running.TryAdd(key, own);
            if (isLeader)
            {
                running?.Overtake();
                return own;
            }

            own.Dispose();
        }
    }

    /// <summary>Lets go of a fetch that has ended, unless a newer one has taken its place.</summary>
    public void End(Fetch fetch)
    {
        _running.TryRemove(KeyValuePair.Create(fetch.Key, fetch));
        fetch.Dispose();
    }

    /// <summary>What began before an invalidation that may concern it is not joined after it.</summary>
    bool IsGood(Fetch fetch, CachedPart part, PartCall call) =>
        fetch.Sequence >= Math.Max(marks.LatestOfAll, Math.Max(part.Marks.Latest, part.Origin.Latest)) && fetch.Sequence >= LatestOfUri(call);

    /// <summary>A redirect may lead to any URI.</summary>
    long LatestOfUri(PartCall call) =>
        marks.Uris.IsEmpty ? 0
        : call.Part.FollowRedirects > 0 ? marks.Uris.Latest
        : marks.Uris.Find(UriIdentity.HashOf(call.Uri))?.Latest ?? 0;
}
