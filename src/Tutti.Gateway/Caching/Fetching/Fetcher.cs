using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Rules.Storing;
using Tutti.Gateway.Caching.Rules.Verdicts;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience.Opening;

namespace Tutti.Gateway.Caching.Fetching;

/// <summary>Fetches one answer: asks the backend to confirm the stored one, or to send another, and judges what came.</summary>
internal sealed class Fetcher(PartOpener opener, EntryShelf shelf, BackendOptions options, TimeProvider clock)
{
    /// <summary>Runs a fetch to its end, and tells it when the header is there.</summary>
    public async Task<CacheAnswer> RunAsync(PartCall call, CacheTicket ticket, Fetch fetch)
    {
        if (ticket.Stale is { } stale && Confirmation.Ask(call, stale) is { } question && await AskAsync(question, stale, ticket, fetch) is { } answer)
        {
            return answer;
        }

        return (await AskAsync(call, null, ticket, fetch))!;
    }

    /// <param name="asked">The stored answer that the call asks to confirm; null where it asks for an answer.</param>
    /// <returns>Null for a 304 that confirms another answer than the one it was asked about: it says nothing.</returns>
    async ValueTask<CacheAnswer?> AskAsync(PartCall call, CacheEntry? asked, CacheTicket ticket, Fetch fetch)
    {
        var sentAt = clock.GetTimestamp();
        var open = await opener.OpenAsync(call, BodyReader.AcceptEncoding, fetch.Budget);
        if (open.Response is not { } response)
        {
            return CacheAnswer.Failed(open.Failure!);
        }

        var outcome = PartOutcome.Failed(PartFailure.BrokenAnswer, "The answer was not read");
        try
        {
            using (response)
            {
                var head = FetchedHead.Of(response);
                var exchange = ExchangeOf(call, response, head.Fields, sentAt);
                outcome = new PartOutcome { Status = exchange.Status };
                if (exchange.Status == 304 && asked is not null)
                {
                    return Confirmation.Names(asked, exchange, ticket.Part.Rules) ? Confirm(call.Part, ticket, asked, exchange, fetch) : null;
                }

                var opened = OpenedOf(call.Part, ticket, exchange, response, out var verdict);
                fetch.Open(opened);
                var failure = await ReadAsync(opened.Body, call.Part, response, head, fetch.Budget);
                opened.Body.End(failure);
                outcome = failure ?? outcome;
                return failure is null ? Take(call.Part, ticket, exchange, opened, verdict, fetch) : CacheAnswer.Failed(failure);
            }
        }
        finally
        {
            open.End!(outcome);
        }
    }

    async ValueTask<PartOutcome?> ReadAsync(GrowingBody body, PartModel part, HttpResponseMessage response, FetchedHead head, CallBudget budget)
    {
        if (!PartSender.HasBody(part, response))
        {
            return null;
        }

        var limit = Math.Min(part.MaxBodyBytes ?? options.MaxBodyBytes, BodyReader.MostBytes);
        if (head.Length > limit)
        {
            return PartOutcome.Failed(PartFailure.TooLarge, $"The body has {head.Length} bytes; at most {limit} are read");
        }

        body.Expect(head.Codings is null ? head.Length : null);
        using var silence = PartSender.SilenceOf(part, budget);
        silence.Heard();
        try
        {
            return await BodyReader.ReadIntoAsync(body, response, head.Codings, limit, silence);
        }
        catch (Exception e) when (BackendTrouble.Is(e))
        {
            return BackendTrouble.Tell(e, part, budget, silence);
        }
    }

    OpenedAnswer OpenedOf(PartModel part, CacheTicket ticket, in CacheExchange exchange, HttpResponseMessage response, out PartVerdict verdict)
    {
        verdict = PartPolicy.Judge(part, ticket.Part, exchange);
        return new OpenedAnswer(
            AnswerFrame.Of(response, PartSender.HasBody(part, response)),
            StoredFields.Of(exchange.Response, exchange.ReceivedAt, ticket.Part.Rules),
            new GrowingBody(),
            verdict.IsStored || (exchange.Status >= 500 && IsForAll(exchange, ticket.Part)),
            verdict.IsStored)
        {
            Age = exchange.Response.Has("Age") ? Freshness.InitialAge(exchange, ticket.Part.Rules) : null,
            CameAt = clock.GetTimestamp(),
        };
    }

    /// <summary>The backend sent an answer: it is stored if it may be.</summary>
    CacheAnswer Take(PartModel part, CacheTicket ticket, in CacheExchange exchange, OpenedAnswer opened, PartVerdict verdict, Fetch fetch)
    {
        var origin = OriginOf(ticket, exchange, fetch.Sequence);
        var entry = EntryForm.Make(origin, part, opened.Head, verdict, opened.Frame, opened.Body.Whole.Span);
        var isStored = verdict.IsStored && !fetch.IsOvertaken && shelf.TryPut(entry);
        if (verdict.IsStored && part.HasValidator != verdict.Policy.HasValidator)
        {
            part.HasValidator = verdict.Policy.HasValidator;
        }

        if (!opened.IsShared && !fetch.IsOvertaken)
        {
            shelf.NoteUnshared(origin);
        }

        return new CacheAnswer(entry, null) { IsStored = isStored, IsShared = opened.IsShared };
    }

    /// <summary>The backend confirmed the stored answer: it is fresh again, with the fields that the 304 brought (RFC 9111, 4.3.4).</summary>
    CacheAnswer Confirm(PartModel part, CacheTicket ticket, CacheEntry stale, in CacheExchange exchange, Fetch fetch)
    {
        var fresh = Freshening.Freshen(stale.ReadHead(), stale.Numbers.Status, exchange, ticket.Part.Rules);
        var verdict = PartPolicy.Judge(part, fresh.Verdict);
        var entry = EntryForm.Make(
            OriginOf(ticket, exchange, fetch.Sequence), part, fresh.Fields, verdict, new AnswerFrame(stale.Numbers.Status, stale.Reason, stale.Has(EntryTraits.HasBody)), stale.Body.Span);
        ticket.Part.Counters.WasConfirmed();
        return new CacheAnswer(entry, null)
        {
            IsStored = verdict.IsStored && !fetch.IsOvertaken && shelf.TryPut(entry),
            IsShared = verdict.IsStored,
            IsFromCache = true,
            BackendStatus = exchange.Status,
        };
    }

    EntryOrigin OriginOf(CacheTicket ticket, in CacheExchange exchange, long sequence) =>
        new(ticket.Part, ticket.Key, sequence, clock.GetTimestamp(), clock.TimestampFrequency, exchange.ReceivedAt, UriIdentity.HashOf(exchange.Target!));

    /// <summary>Whether a failure that the backend tells may be told to all who asked the same.</summary>
    static bool IsForAll(in CacheExchange exchange, CachedPart part) => StoreRules.Judge(exchange with { Method = "GET" }, part.Rules).Refusal
        is null or NotStored.NotCacheable or NotStored.OfNoUse or NotStored.Status;

    CacheExchange ExchangeOf(PartCall call, HttpResponseMessage response, HeaderFields fields, long sentAt)
    {
        // The time that the call took does not come from the wall clock, which may have been set meanwhile.
        var receivedAt = clock.GetUtcNow();
        return new CacheExchange
        {
            Method = call.Part.Method.Method,
            Request = new HeaderFields([.. call.Headers.Select(header => new HeaderField(header.Name, header.Value))]),
            Target = response.RequestMessage?.RequestUri ?? call.Uri,
            Status = (int)response.StatusCode,
            Response = fields,
            SentAt = receivedAt - clock.GetElapsedTime(sentAt),
            ReceivedAt = receivedAt,
        };
    }
}
