using System.Collections.Concurrent;
using Tutti.Gateway.Caching.Marks;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Caching.Fetching;

/// <summary>The fetches that run: one for each thing that is asked for.</summary>
internal sealed class Fetches(MarkTable marks, LateCalls late, TimeProvider clock)
{
    readonly ConcurrentDictionary<FetchKey, Fetch> _running = new();

    /// <summary>Joins the fetch for the same, or begins one.</summary>
    /// <param name="isLeader">Whether it is new, and the caller has to run it.</param>
    public Fetch Join(PartModel part, CacheTicket ticket, out bool isLeader)
    {
        var key = new FetchKey(ticket.Part, ticket.Key);
        if (ticket.IsAlone)
        {
            isLeader = true;
            return new Fetch(key, part, marks.Sequence, late: null, clock);
        }

        while (true)
        {
            var isRunning = _running.TryGetValue(key, out var running);
            if (isRunning && !ticket.IsNew && IsGood(running!, ticket.Part) && running!.TryJoin())
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
    bool IsGood(Fetch fetch, CachedPart part) => fetch.Sequence >= Math.Max(part.Marks.Latest, marks.LatestOfAll);
}
