using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Storing;
using Tutti.Gateway.Caching.Rules.Verdicts;
using Tutti.Gateway.Proxy;
using Tutti.Gateway.ProxyCache.Entries;
using Tutti.Gateway.ProxyCache.Invalidating;
using Tutti.Gateway.ProxyCache.Keys;

namespace Tutti.Gateway.ProxyCache.Fetching;

/// <summary>
/// Fetches an answer: asks the service to confirm the stored one or to send another, and stores what comes while it passes. What the
/// client gets otherwise, it leaves in <see cref="Reply"/>.
/// </summary>
internal sealed class FetchTap(CacheCall call, FetchOrder order, FetchEnds ends) : CallTap(call, order.Told)
{
    DateTimeOffset _sentAt;
    Judged? _judged;
    bool _hasEnded;

    /// <summary>The answer for the client, where the proxy gave it none.</summary>
    public StoredAnswer? Reply { get; private set; }

    /// <summary>The status that the service answered, where the client gets another answer; null where it gave none.</summary>
    public int? BackendStatus { get; private set; }

    /// <summary>Whether what the client gets is stored anew.</summary>
    public bool IsStored => BackendStatus == 304 || _judged is { IsStored: true };

    /// <summary>Whether a 304 confirmed nothing, so that the request goes again without conditions.</summary>
    public bool IsInVain { get; private set; }

    public override void Asks(HttpRequestMessage request)
    {
        base.Asks(request);
        RequestFilter.RemoveConditions(request);
        if (order.Asked is { } asked)
        {
            Add(request, "If-None-Match", asked.Fields.First("ETag") is { } tag && asked.Policy.ETag is not null ? tag : null);
            Add(request, "If-Modified-Since", ValidationRules.ConditionsOf(asked.Policy).IfModifiedSince);
        }

        _sentAt = ends.Clock.GetUtcNow();
    }

    public override bool Takes(HttpResponseMessage answer)
    {
        var exchange = ExchangeOf(answer);
        BackendStatus = exchange.Status;
        if (exchange.Status == 304 && order.Asked is not null)
        {
            Confirm(exchange);
            return true;
        }

        if (order.MayServeStale && Statuses.IsServerError(exchange.Status))
        {
            End(new FetchResult(Reply = order.Asked ?? order.Stale, null));
            return true;
        }

        return Judge(exchange, answer);
    }

    public override bool Takes(ProxyProblem problem)
    {
        if (order.MayServeStale && problem.Status >= 500)
        {
            End(new FetchResult(Reply = order.Asked ?? order.Stale, null));
            return true;
        }

        End(new FetchResult(null, problem));
        return false;
    }

    public override void Passes(HttpResponseMessage answer, HttpResponse response)
    {
        if (_judged is { } judged)
        {
            answer.Content = new FollowedContent(judged.Pump);
        }

        response.Headers.Append("Cache-Status", $"{Answering.AnswerWriter.Cache}; {order.Told}{(_judged is { IsStored: true } ? "; stored" : "")}");
    }

    /// <summary>The proxy is done: who waits for what did not come begins anew.</summary>
    public void Close() => End(FetchResult.GivenUp);

    static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    CacheExchange ExchangeOf(HttpResponseMessage answer) => new()
    {
        Method = "GET",
        Request = Call.Fields,
        Status = (int)answer.StatusCode,
        Response = AnswerFields.Of(answer),
        SentAt = _sentAt,
        ReceivedAt = ends.Clock.GetUtcNow(),
    };

    /// <summary>Decides what becomes of an answer: stored, given to those who wait, or nothing but passed on.</summary>
    bool Judge(in CacheExchange exchange, HttpResponseMessage answer)
    {
        var verdict = StoreRules.Judge(exchange, Call.Rules);
        var isStored = verdict.IsStored && !VariesByCall.IsTrueOf(verdict.Policy.Vary);
        var isShared = isStored || (order.Fetch is not null && exchange.Status >= 500 && IsForAll(exchange));
        if (!isShared || answer.Content.Headers.ContentLength > ends.MostBytes)
        {
            if (exchange.Status < 500)
            {
                ends.Shelf.NoteUnshared(Call.Key.Text);
            }

            End(FetchResult.Unshared);
            return false;
        }

        var pump = ends.Pump(answer.Content, Call.Cache.Idle);
        _judged = new Judged(pump, isStored, StoredOf(exchange, verdict, answer));
        _hasEnded = true;
        _ = FinishAsync(_judged);
        return isStored && TryTellKnown(_judged, answer);
    }

    /// <summary>The client has what comes already: it gets a 304, and the body is read for the store alone.</summary>
    bool TryTellKnown(Judged judged, HttpResponseMessage answer)
    {
        if (!Call.HasConditions
            || ValidationRules.Answer(judged.Answer.Policy, new CacheRequest("GET", Call.Fields, default), 0, ends.Clock.GetUtcNow(), out _) != ClientAnswer.NotModified)
        {
            return false;
        }

        answer.Content = new FollowedContent(judged.Pump);
        Reply = judged.Answer;
        return true;
    }

    async Task FinishAsync(Judged judged)
    {
        var isWhole = await judged.Pump.RunAsync();
        if (!isWhole)
        {
            ends.End(order.Fetch, judged.Pump.Rest is null ? FetchResult.GivenUp : FetchResult.Unshared);
            return;
        }

        var answer = judged.Answer.Filled(judged.Pump.Body.Whole);
        if (judged.IsStored)
        {
            ends.Shelf.Put(Call.Key.Text, answer);
        }

        ends.End(order.Fetch, new FetchResult(answer, null));
    }

    StoredAnswer StoredOf(in CacheExchange exchange, in StoreVerdict verdict, HttpResponseMessage answer)
    {
        var fields = StoredFields.Of(exchange.Response, exchange.ReceivedAt, Call.Rules);
        return new StoredAnswer
        {
            Policy = verdict.IsStored ? verdict.Policy : new StoredPolicy { Status = (ushort)exchange.Status },
            Fields = fields,
            Body = default,
            Reason = AnswerFrame.Of(answer, hasBody: true).Reason,
            Sequence = order.Sequence,
            StoredAt = ends.Clock.GetTimestamp(),
            TargetHash = UriIdentity.HashOf(Call.Key.Target),
            Tags = AnswerTags.Of(fields),
        };
    }

    void Confirm(in CacheExchange exchange)
    {
        var answers = ends.Shelf.Find(Call.Key.Text)?.Answers ?? [];
        answers = answers.Contains(order.Asked) ? answers : [order.Asked!];
        var selected = new bool[answers.Length];
        if (Freshening.Select(Array.ConvertAll(answers, answer => answer.Policy), exchange, Call.Rules, selected) == 0)
        {
            IsInVain = true;
            return;
        }

        var updates = new Dictionary<StoredAnswer, StoredAnswer?>();
        for (var i = 0; i < answers.Length; i++)
        {
            if (selected[i])
            {
                Update(answers[i], exchange, updates);
            }
        }

        ends.Shelf.Replace(Call.Key.Text, updates);
        Reply ??= order.Asked;
        End(updates.GetValueOrDefault(order.Asked!) is { } confirmed ? new FetchResult(confirmed, null) : FetchResult.Unshared);
    }

    void Update(StoredAnswer old, in CacheExchange exchange, Dictionary<StoredAnswer, StoredAnswer?> updates)
    {
        var fresh = Freshening.Freshen(old.Fields, old.Policy.Status, exchange, Call.Rules);
        var policy = fresh.Verdict.Policy;
        var isAsked = ReferenceEquals(old, order.Asked);
        // The variant of another is by its own request, which is gone: it stays as it is where the names are the same.
        var isKept = fresh.Verdict.IsStored && (isAsked || policy.Vary == old.Policy.Vary);
        var update = old.With(isAsked ? policy : policy with { Variant = old.Policy.Variant }, fresh.Fields, order.Sequence, ends.Clock.GetTimestamp());
        updates[old] = isKept ? update : null;
        if (isAsked)
        {
            Reply = fresh.Verdict.IsStored ? update : old.With(old.Policy, fresh.Fields, order.Sequence, ends.Clock.GetTimestamp());
        }
    }

    bool IsForAll(in CacheExchange exchange) =>
        StoreRules.Judge(exchange, Call.Rules).Refusal is null or NotStored.OfNoUse or NotStored.NotCacheable;

    void End(FetchResult result)
    {
        if (!_hasEnded)
        {
            _hasEnded = true;
            ends.End(order.Fetch, result);
        }
    }

    sealed record Judged(BodyPump Pump, bool IsStored, StoredAnswer Answer);
}
