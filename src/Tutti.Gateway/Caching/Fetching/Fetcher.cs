using System.Net;
using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Caching.Marks;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Rules.Storing;
using Tutti.Gateway.Caching.Rules.Verdicts;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience.Opening;

namespace Tutti.Gateway.Caching.Fetching;

/// <summary>Fetches one answer: asks the backend, under the condition that the stored one has changed, and judges what came.</summary>
internal sealed class Fetcher(PartOpener opener, EntryShelf shelf, MarkTable marks, BackendOptions options, TimeProvider clock)
{
    /// <summary>Fetches for one request alone.</summary>
    public Task<CacheAnswer> RunAsync(PartCall call, CacheTicket ticket, CallBudget budget) => RunAsync(call, ticket, budget, marks.Sequence);

    /// <param name="sequence">The number of the last invalidation when it began.</param>
    public async Task<CacheAnswer> RunAsync(PartCall call, CacheTicket ticket, CallBudget budget, long sequence)
    {
        var sentAt = clock.GetUtcNow();
        var open = await opener.OpenAsync(Conditional(call, ticket.Stale), BodyReader.AcceptEncoding, budget);
        if (open.Response is not { } response)
        {
            return CacheAnswer.Failed(open.Failure!);
        }

        var outcome = PartOutcome.Failed(PartFailure.BrokenAnswer, "The answer was not read");
        try
        {
            using (response)
            {
                var exchange = ExchangeOf(call, response, sentAt);
                var body = new GrowingBody();
                var failure = await ReadAsync(body, call.Part, response, budget);
                outcome = failure ?? new PartOutcome { Status = exchange.Status };
                return failure is not null ? CacheAnswer.Failed(failure)
                    : exchange.Status == 304 && ticket.Stale is { } stale ? Confirm(call.Part, ticket, stale, exchange, sequence)
                    : Take(call.Part, ticket, exchange, body.Whole.Span, response, sequence);
            }
        }
        finally
        {
            open.End!(outcome);
        }
    }

    /// <summary>Adds the validators of the stored answer (RFC 9111, 4.3.1), unless the part has conditions of its own.</summary>
    static PartCall Conditional(PartCall call, CacheEntry? stale)
    {
        if (stale is null || !stale.Has(EntryTraits.HasValidator) || Array.Exists(call.Headers, IsCondition))
        {
            return call;
        }

        var head = stale.ReadHead();
        var headers = new List<CallHeader>(call.Headers);
        if (head.First("ETag") is { } tag)
        {
            headers.Add(new CallHeader("If-None-Match", tag));
        }

        if (head.First("Last-Modified") is { } modified)
        {
            headers.Add(new CallHeader("If-Modified-Since", modified));
        }

        return call with { Headers = [.. headers] };
    }

    static bool IsCondition(CallHeader header) => ValidationRules.ClientConditions.Contains(header.Name, StringComparer.OrdinalIgnoreCase);

    async ValueTask<PartOutcome?> ReadAsync(GrowingBody body, PartModel part, HttpResponseMessage response, CallBudget budget)
    {
        if (!PartSender.HasBody(part, response))
        {
            return null;
        }

        var head = AnswerHead.Of(response);
        var (length, codings) = (head.Length, head.Codings);
        var limit = Math.Min(part.MaxBodyBytes ?? options.MaxBodyBytes, BodyReader.MostBytes);
        if (length > limit)
        {
            return PartOutcome.Failed(PartFailure.TooLarge, $"The body has {length} bytes; at most {limit} are read");
        }

        body.Expect(codings is null ? length : null);
        using var silence = PartSender.SilenceOf(part, budget);
        silence.Heard();
        try
        {
            return await BodyReader.ReadIntoAsync(body, response, codings, limit, silence);
        }
        catch (Exception e) when (BackendTrouble.Is(e))
        {
            return BackendTrouble.Tell(e, part, budget, silence);
        }
    }

    /// <summary>The backend sent an answer: it is stored if it may be.</summary>
    CacheAnswer Take(PartModel part, CacheTicket ticket, in CacheExchange exchange, ReadOnlySpan<byte> body, HttpResponseMessage response, long sequence)
    {
        var verdict = PartPolicy.Judge(part, ticket.Part, exchange);
        var head = StoredFields.Of(exchange.Response, exchange.ReceivedAt, ticket.Part.Rules);
        var entry = EntryForm.Make(OriginOf(ticket, exchange, sequence), part, head, verdict, AnswerFrame.Of(response, PartSender.HasBody(part, response)), body);
        var isStored = verdict.IsStored && shelf.TryPut(entry);
        if (!isStored && exchange.Status < 500)
        {
            shelf.NoteUnshared(OriginOf(ticket, exchange, sequence), verdict.Refusal);
        }

        return new CacheAnswer(entry, null) { IsStored = isStored, IsShared = verdict.IsStored || (exchange.Status >= 500 && IsForAll(exchange, ticket.Part)) };
    }

    /// <summary>The backend confirmed the stored answer: it is fresh again, with the fields that the 304 brought (RFC 9111, 4.3.4).</summary>
    CacheAnswer Confirm(PartModel part, CacheTicket ticket, CacheEntry stale, in CacheExchange exchange, long sequence)
    {
        var fresh = Freshening.Freshen(stale.ReadHead(), stale.Numbers.Status, exchange, ticket.Part.Rules);
        var verdict = PartPolicy.Judge(part, fresh.Verdict);
        var entry = EntryForm.Make(
            OriginOf(ticket, exchange, sequence), part, fresh.Fields, verdict, new AnswerFrame(stale.Numbers.Status, stale.Reason, stale.Has(EntryTraits.HasBody)), stale.Body.Span);
        ticket.Part.Counters.WasConfirmed();
        return new CacheAnswer(entry, null) { IsStored = verdict.IsStored && shelf.TryPut(entry), IsShared = verdict.IsStored, IsFromCache = true };
    }

    EntryOrigin OriginOf(CacheTicket ticket, in CacheExchange exchange, long sequence) =>
        new(ticket.Part, ticket.Key, sequence, clock.GetTimestamp(), clock.TimestampFrequency, exchange.ReceivedAt);

    /// <summary>Whether a failure that the backend tells may be told to all who asked the same.</summary>
    static bool IsForAll(in CacheExchange exchange, CachedPart part) => StoreRules.Judge(exchange with { Method = "GET" }, part.Rules).Refusal
        is null or NotStored.NotCacheable or NotStored.OfNoUse or NotStored.Status;

    CacheExchange ExchangeOf(PartCall call, HttpResponseMessage response, DateTimeOffset sentAt) => new()
    {
        Method = call.Part.Method.Method,
        Request = new HeaderFields([.. call.Headers.Select(header => new HeaderField(header.Name, header.Value))]),
        Status = (int)response.StatusCode,
        Response = AnswerFields.Of(response),
        SentAt = sentAt,
        ReceivedAt = clock.GetUtcNow(),
    };
}
