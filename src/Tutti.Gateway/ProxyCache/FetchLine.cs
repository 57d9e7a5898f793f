using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Caching.Fetching;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Verdicts;
using Tutti.Gateway.Proxy;
using Tutti.Gateway.ProxyCache.Answering;
using Tutti.Gateway.ProxyCache.Entries;
using Tutti.Gateway.ProxyCache.Fetching;
using Tutti.Gateway.ProxyCache.Invalidating;
using Tutti.Gateway.ProxyCache.Keys;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.ProxyCache;

/// <summary>Gets from the service what is not stored, or not fresh: one asks, and the others who want the same wait for it.</summary>
internal sealed class FetchLine(ServiceProxy proxy, SharedFetches fetches, FetchEnds ends, AnswerWriter writer, StoredUse use, AnswerValidity validity, Refreshes refreshes)
{
    public async Task FetchAsync(CacheCall call, ProxyEntry? entry, StoredAnswer? stored, ReuseDecision decision)
    {
        // A request that came back would wait for itself.
        if (LoopMark.IsLoop(call.Context.Request.Headers))
        {
            await proxy.HandleAsync(call.Context, call.Route);
            return;
        }

        var told = TellWhy(call, entry, stored, decision);
        if (call.IsHead)
        {
            await proxy.HandleAsync(call.Context, call.Route, stored is null ? new CallTap(call, told) : new HeadTap(call, stored, ends.Shelf, validity.Sequence, ends.Clock));
            return;
        }

        // Nobody who wants a part has the whole fetched, which may be large.
        if (call.HasRange && stored is null)
        {
            await proxy.HandleAsync(call.Context, call.Route, new CallTap(call, told));
            return;
        }

        await ShareAsync(call, entry, OrderOf(call, stored, decision, told));
    }

    /// <summary>Waits for the fetch of another one, or leads one.</summary>
    async ValueTask ShareAsync(CacheCall call, ProxyEntry? entry, FetchOrder order)
    {
        while (entry is not { IsUnshared: true })
        {
            var fetch = Join(call, out var isLeader);
            if (isLeader && FindMeanwhile(call, entry) is { } stored)
            {
                fetches.End(fetch, new FetchResult(stored, null));
                await writer.WriteAsync(call, stored);
                return;
            }

            if (isLeader)
            {
                await LeadAsync(call, order with { Fetch = fetch, Sequence = fetch.Sequence });
                return;
            }

            var result = await WaitAsync(fetch, call.Context.RequestAborted);
            if (result is null || await TryTakeAsync(call, result, order))
            {
                return;
            }

            if (result.IsUnshared || result.Answer is not null)
            {
                break;
            }
        }

        await LeadAsync(call, order);
    }

    /// <summary>What a fetch stored that ended between the look into memory and the beginning of this one.</summary>
    StoredAnswer? FindMeanwhile(CacheCall call, ProxyEntry? entry) =>
        ends.Shelf.Find(call.Key.Text) is { } now && !ReferenceEquals(now, entry) && use.Judge(call, now, out var stored) == ReuseDecision.Fresh ? stored : null;

    /// <summary>Fetches anew behind an answer that was stale.</summary>
    public void Refresh(CacheCall call, StoredAnswer stored)
    {
        if (!refreshes.TryBegin())
        {
            return;
        }

        var fetch = Join(call, out var isLeader);
        if (!isLeader)
        {
            refreshes.Ended();
            return;
        }

        var detached = new CacheCall(DetachedContext.Of(call.Context), call.Route, call.Cache, honours: false);
        var order = OrderOf(detached, stored, ReuseDecision.Validate, "fwd=stale") with { Fetch = fetch, Sequence = fetch.Sequence };
        _ = RefreshAsync(detached, order);
    }

    async Task RefreshAsync(CacheCall detached, FetchOrder order)
    {
        // The client gets its answer first.
        await Task.Yield();
        try
        {
            await AskAsync(detached, order);
        }
        finally
        {
            refreshes.Ended();
        }
    }

    FetchOrder OrderOf(CacheCall call, StoredAnswer? stored, ReuseDecision decision, string told) => new()
    {
        Asked = stored is { Policy.HasValidator: true } ? stored : null,
        Stale = stored,
        MayServeStale = stored is not null && use.MayStandIn(call, stored, decision),
        Sequence = validity.Sequence,
        Told = told,
    };

    SharedFetch Join(CacheCall call, out bool isLeader)
    {
        var now = validity.Sequence;
        return fetches.Join(call.Key.Text, now, validity.LatestFor(UriIdentity.HashOf(call.Key.Target), call.Cache), out isLeader);
    }

    /// <returns>Null if the client left.</returns>
    static async ValueTask<FetchResult?> WaitAsync(SharedFetch fetch, CancellationToken ct)
    {
        try
        {
            return await fetch.Result.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Answers with what another's fetch brought, if it is for this request.</summary>
    async ValueTask<bool> TryTakeAsync(CacheCall call, FetchResult result, FetchOrder order)
    {
        if (result.Problem is { } problem)
        {
            if (order.MayServeStale && problem.Status >= 500)
            {
                await writer.WriteAsync(call, order.Stale!, new CacheStatus { Forwarded = ForwardReason.Stale, Collapsed = true });
            }
            else
            {
                await problem.WriteAsync(call.Context);
            }

            return true;
        }

        if (result.Answer is not { } answer || !VaryRules.Matches(answer.Policy, call.Fields))
        {
            return false;
        }

        await writer.WriteAsync(call, answer, new CacheStatus { Forwarded = order.Stale is null ? ForwardReason.UriMiss : ForwardReason.Stale, Collapsed = true });
        return true;
    }

    async Task LeadAsync(CacheCall call, FetchOrder order)
    {
        var tap = await AskAsync(call, order);
        if (tap.Reply is { } reply)
        {
            var reason = order.Stale is null ? ForwardReason.UriMiss : ForwardReason.Stale;
            await writer.WriteAsync(call, reply, new CacheStatus { Forwarded = reason, ForwardedStatus = tap.BackendStatus, Stored = tap.IsStored });
        }
    }

    /// <summary>Asks the service, and once more without conditions where it confirmed what nobody asked about (RFC 9111, 4.3.4).</summary>
    async ValueTask<FetchTap> AskAsync(CacheCall call, FetchOrder order)
    {
        var tap = new FetchTap(call, order, ends);
        try
        {
            await proxy.HandleAsync(call.Context, call.Route, tap);
            if (!tap.IsInVain)
            {
                return tap;
            }

            // What the proxy has set of an answer that was not given stands in the way of the next.
            call.Context.Response.StatusCode = StatusCodes.Status200OK;
            tap = new FetchTap(call, order with { Asked = null }, ends);
            await proxy.HandleAsync(call.Context, call.Route, tap);
            return tap;
        }
        finally
        {
            tap.Close();
        }
    }

    static string TellWhy(CacheCall call, ProxyEntry? entry, StoredAnswer? stored, ReuseDecision decision) =>
        stored is not null ? (decision == ReuseDecision.Validate && call.Request(entry!.HasVary).Directives.NoCache ? "fwd=request" : "fwd=stale")
        : entry is { IsUnshared: false } ? "fwd=vary-miss"
        : "fwd=uri-miss";
}
