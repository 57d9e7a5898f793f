using Tutti.Gateway.Caching;
using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Caching.Fetching;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Verdicts;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Aggregation.OnePart;

/// <summary>What may be stored, at the door of one part: from memory, or through the cache and passed on as it comes.</summary>
internal sealed class CachedDoor(PartCache cache, StoredReply reply, CachingOptions options, TimeProvider clock)
{
    /// <summary>A hit, though not of this node's memory.</summary>
    static readonly CacheStatus Shared = new() { Detail = "shared" };

    public CacheEntry? Find(HttpRequest request, PartModel part, ParamValues values, out CacheTicket? ticket) =>
        cache.Find(part, values, ClientCacheControl.WantsNew(request, options), out ticket);

    /// <summary>Answers from memory.</summary>
    public Task WriteAsync(HttpContext context, CacheEntry hit) => reply.WriteAsync(context, hit, default);

    /// <summary>Answers with what was found, if it is stale and still good for that, or with what the backend sends.</summary>
    public async Task AnswerAsync(HttpContext context, PartCall call, CacheEntry? hit, CacheTicket ticket)
    {
        if (hit is not null)
        {
            cache.Refresh(call, ticket);
            await reply.WriteAsync(context, hit, default);
            return;
        }

        using var own = new CancellationTokenSource(call.Part.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(own.Token, context.RequestAborted);
        var budget = new CallBudget(call.Part.Timeout, call.Part.Config.Timeout, IsPartsOwn: true, both.Token, context.RequestAborted);
        using var fetched = await cache.OpenAsync(call, ticket, budget, passesOn: true);
        var status = new CacheStatus { Forwarded = ReasonOf(ticket), Collapsed = fetched.IsCollapsed };
        await (fetched.Opened is { } opened
            ? PassOnAsync(context, call, opened, status, budget)
            : ConcludeAsync(context, call, fetched.Answer!, status));
    }

    static ForwardReason ReasonOf(CacheTicket ticket) =>
        ticket.IsNew ? ForwardReason.Request : ticket.Stale is null ? ForwardReason.UriMiss : ForwardReason.Stale;

    async Task PassOnAsync(HttpContext context, PartCall call, OpenedAnswer opened, CacheStatus status, CallBudget budget)
    {
        var end = new PartOutcome { Status = opened.Frame.Status };
        try
        {
            end = await reply.WriteAsync(context, opened, status with { Stored = opened.IsStored }, budget.Token) ?? end;
        }
        catch (OperationCanceledException)
        {
            end = budget.Spent();
        }

        await AnswerStream.ConcludeAsync(context, call, end);
    }

    async Task ConcludeAsync(HttpContext context, PartCall call, CacheAnswer answer, CacheStatus status)
    {
        if (answer.Failure is { } failure)
        {
            await AnswerStream.WriteFailureAsync(context, call.Part, failure);
        }
        else if (answer.Entry!.Numbers.Status == 503 && call.Part.FallsBack)
        {
            await AnswerStream.WriteFailureAsync(context, call.Part, new PartOutcome { Status = 503 });
        }
        else
        {
            await reply.WriteAsync(context, answer.Entry, answer.IsFound ? Shared : status with { Stored = answer.IsStored, ForwardedStatus = answer.BackendStatus });
        }
    }
}
