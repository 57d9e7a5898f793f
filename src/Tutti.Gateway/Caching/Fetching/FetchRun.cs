using Tutti.Gateway.Caching.Cluster.Entries;
using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Rules.Verdicts;
using Tutti.Gateway.Caching.Sharing;
using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Caching.Fetching;

/// <summary>Runs a fetch: what another node has already is taken from it; else one node asks the backend and gives the answer to the others.</summary>
internal sealed class FetchRun(Fetcher fetcher, EntryShelf shelf, SharedShelf shared, TimeProvider clock)
{
    static readonly CacheRequest Get = new("GET", HeaderFields.None, default);

    public async Task<CacheAnswer> RunAsync(PartCall call, CacheTicket ticket, Fetch fetch)
    {
        if (FindMeanwhile(ticket, fetch) is { } stored)
        {
            return new CacheAnswer(stored, null) { IsShared = true, IsFromCache = true };
        }

        if (!shared.IsThere || ticket.IsAlone)
        {
            return await fetcher.RunAsync(call, ticket, fetch);
        }

        var key = SharedShelf.KeyOf(ticket);
        if (!ticket.IsNew && await shared.FindAsync(key, ticket, call.Part, fetch.Sequence) is { } found && IsFresh(found))
        {
            return Take(found);
        }

        var (held, isTaken) = await shared.LockAsync(key);
        if (isTaken && !ticket.IsNew && await shared.FindAfterAsync(key, ticket, call.Part, fetch.Sequence, fetch.Budget.Token) is { } awaited && IsFresh(awaited))
        {
            return Take(awaited);
        }

        return await FetchAsync(call, ticket, fetch, key, held);
    }

    /// <summary>What a fetch stored that ended between the look into memory and the beginning of this one, if nothing was invalidated since.</summary>
    CacheEntry? FindMeanwhile(CacheTicket ticket, Fetch fetch) =>
        !ticket.IsNew && !ticket.IsAlone
        && shelf.Find(new EntryIdentity(ticket.Part, ticket.Key)) is { } entry
        && entry != ticket.Stale && entry.Sequence == fetch.Sequence && !entry.Has(EntryTraits.IsUnshared) && IsFresh(entry)
            ? entry
            : null;

    async Task<CacheAnswer> FetchAsync(PartCall call, CacheTicket ticket, Fetch fetch, EntryKey key, EntryLock? held)
    {
        var begun = shared.Position;
        try
        {
            var answer = await fetcher.RunAsync(call, ticket, fetch);
            if (answer is { IsStored: true, Entry: { } entry })
            {
                shared.Put(key, begun, entry);
            }

            return answer;
        }
        finally
        {
            if (held is { } mine)
            {
                shared.Release(mine);
            }
        }
    }

    CacheAnswer Take(CacheEntry entry) => new(entry, null) { IsShared = true, IsFromCache = true, IsFound = true, IsStored = shelf.TryPut(entry) };

    bool IsFresh(CacheEntry entry) => ReuseRules.Judge(entry.Policy, Get, clock.GetElapsedTime(entry.StoredAt)) == ReuseDecision.Fresh;
}
