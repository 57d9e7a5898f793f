using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Caching.Fetching;
using Tutti.Gateway.Caching.Marks;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Rules.Verdicts;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Caching;

/// <summary>Step 4. Answers from memory what may be; for the rest one call goes to the backend while the others who ask the same wait.</summary>
internal sealed class PartCache(CachedParts parts, EntryShelf shelf, Fetches fetches, FetchRun run, Refreshes refreshes, TimeProvider clock)
{
    static readonly CacheRequest Get = new("GET", HeaderFields.None, default);

    /// <summary>Looks for an answer in memory.</summary>
    /// <param name="wantsNew">Whether the client wants what the backend says now.</param>
    /// <param name="ticket">How to get what is missing; beside an answer, how to renew it. Null where the answer is fresh.</param>
    public CacheEntry? Find(PartModel part, ParamValues values, bool wantsNew, out CacheTicket? ticket)
    {
        var cached = parts.Of(part);
        var key = new AnswerKey(stackalloc byte[256]);
        key.Write(part, values);
        var entry = wantsNew ? null : shelf.Find(new EntryIdentity(cached, key.Bytes));
        var use = entry is null ? ReuseDecision.NoMatch : Judge(entry, part, values);
        ticket = null;
        if (use != ReuseDecision.Fresh)
        {
            ticket = new CacheTicket(cached, key.Bytes.ToArray(), use == ReuseDecision.NoMatch || entry!.Has(EntryTraits.IsUnshared) ? null : entry)
            {
                MayServeStale = use == ReuseDecision.ValidateOrStale,
                IsAlone = use == ReuseDecision.Validate && entry!.Has(EntryTraits.IsUnshared),
                IsNew = wantsNew,
            };
        }

        key.Dispose();
        return Count(cached, use) ? entry : null;
    }

    /// <summary>Fetches what memory does not have, to its last byte.</summary>
    public async ValueTask<CacheAnswer> FetchAsync(PartCall call, CacheTicket ticket, CallBudget budget)
    {
        using var reply = await OpenAsync(call, ticket, budget, passesOn: false);
        return reply.Answer!;
    }

    /// <summary>Fetches what memory does not have, and gives it out when its header is there if it can be passed on.</summary>
    /// <param name="passesOn">Whether an answer may be given whose body still grows.</param>
    public async ValueTask<CacheReply> OpenAsync(PartCall call, CacheTicket ticket, CallBudget budget, bool passesOn)
    {
        ticket.Part.Counters.Missed();
        while (true)
        {
            var fetch = fetches.Join(call, ticket, out var isLeader);
            if (isLeader)
            {
                _ = RunAsync(fetch, call, ticket);
            }

            var reply = await WaitAsync(fetch, isLeader, ticket, budget, passesOn);
            if (reply is not null)
            {
                return reply;
            }

            if (fetch.IsUnshared)
            {
                // It is not for all: whoever waited calls for itself, and nobody waits for another again.
                ticket = ticket with { IsAlone = true };
            }
        }
    }

    /// <returns>Null for one who has to call for itself: what others fetched is not for it, or they gave it up.</returns>
    static async ValueTask<CacheReply?> WaitAsync(Fetch fetch, bool isLeader, CacheTicket ticket, CallBudget budget, bool passesOn)
    {
        try
        {
            if ((passesOn || !isLeader) && await fetch.Opened.WaitAsync(budget.Token) is { } opened)
            {
                if (!isLeader && !opened.IsShared)
                {
                    fetch.Leave();
                    return null;
                }

                if (passesOn && opened.IsPassedOn)
                {
                    return Reply(ticket, fetch, opened, null, isLeader);
                }
            }

            var answer = await fetch.Answer.WaitAsync(budget.Token);
            fetch.Leave();
            if (!isLeader && (!answer.IsShared || answer.Failure is { Failure: PartFailure.CallerLeft }))
            {
                return null;
            }

            return Reply(ticket, null, null, StaleOr(ticket, answer), isLeader);
        }
        catch (OperationCanceledException)
        {
            fetch.Leave();
            return new CacheReply(null, null, StaleOr(ticket, CacheAnswer.Failed(budget.Spent())));
        }
    }

    /// <summary>Fetches anew behind an answer that was stale.</summary>
    public void Refresh(PartCall call, CacheTicket ticket)
    {
        if (!refreshes.TryBegin())
        {
            return;
        }

        var fetch = fetches.Join(call, ticket, out var isLeader);
        if (!isLeader)
        {
            fetch.Leave();
            refreshes.Ended();
            return;
        }

        _ = refreshes.RunAsync(fetch, RunAsync(fetch, call, ticket));
    }

    async Task RunAsync(Fetch fetch, PartCall call, CacheTicket ticket)
    {
        try
        {
            fetch.End(await run.RunAsync(call, ticket, fetch));
        }
        catch (OperationCanceledException) when (fetch.Budget.Token.IsCancellationRequested)
        {
            // Its time was up while it waited for another node.
            fetch.End(CacheAnswer.Failed(fetch.Budget.Spent()));
        }
        catch (Exception mistake)
        {
            fetch.Break(mistake);
        }
        finally
        {
            fetches.End(fetch);
        }
    }

    /// <summary>What an entry is good for: by the rules of HTTP, and by what invalidations left of it.</summary>
    ReuseDecision Judge(CacheEntry entry, PartModel part, ParamValues values)
    {
        var validity = shelf.ValidityOf(entry, part, values);
        if (validity == Validity.Gone)
        {
            return ReuseDecision.NoMatch;
        }

        if (entry.Has(EntryTraits.IsUnshared))
        {
            return ReuseDecision.Validate;
        }

        var decision = ReuseRules.Judge(entry.Policy, Get, clock.GetElapsedTime(entry.StoredAt));
        return validity == Validity.Valid ? decision : Softened(entry, decision);
    }

    /// <summary>A soft invalidation makes stale what is fresh, and what must not be served stale is validated.</summary>
    static ReuseDecision Softened(CacheEntry entry, ReuseDecision decision) =>
        decision != ReuseDecision.Fresh ? decision
        : (entry.Numbers.Marks & PolicyMarks.NeverStale) != 0 ? ReuseDecision.Validate
        : ReuseDecision.StaleWhileRevalidate;

    /// <summary>Counts a look-up.</summary>
    /// <returns>Whether the entry is the answer.</returns>
    static bool Count(CachedPart cached, ReuseDecision use)
    {
        if (use == ReuseDecision.Fresh)
        {
            cached.Counters.Hit();
            return true;
        }

        if (use == ReuseDecision.StaleWhileRevalidate)
        {
            cached.Counters.WasStale();
            return true;
        }

        return false;
    }

    static CacheReply Reply(CacheTicket ticket, Fetch? fetch, OpenedAnswer? opened, CacheAnswer? answer, bool isLeader)
    {
        if (!isLeader)
        {
            ticket.Part.Counters.WasCollapsed();
        }

        return new CacheReply(fetch, opened, answer) { IsCollapsed = !isLeader };
    }

    /// <summary>The stored answer in place of a failure, where it allows that (RFC 5861, 4).</summary>
    static CacheAnswer StaleOr(CacheTicket ticket, CacheAnswer answer)
    {
        var hasFailed = answer.Failure is not null || answer.Entry!.Numbers.Status is 500 or 502 or 503 or 504;
        if (!hasFailed || !ticket.MayServeStale || answer.Failure is { Failure: PartFailure.CallerLeft })
        {
            return answer;
        }

        ticket.Part.Counters.WasStale();
        return new CacheAnswer(ticket.Stale, null) { IsFromCache = true, IsShared = true, BackendStatus = answer.Entry?.Numbers.Status };
    }
}
