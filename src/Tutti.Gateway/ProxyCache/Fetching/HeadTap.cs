using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Verdicts;
using Tutti.Gateway.ProxyCache.Entries;

namespace Tutti.Gateway.ProxyCache.Fetching;

/// <summary>Passes HEAD on, and learns from its answer what became of the stored one (RFC 9111, 4.3.5).</summary>
internal sealed class HeadTap(CacheCall call, StoredAnswer stored, ProxyShelf shelf, long sequence, TimeProvider clock) : CallTap(call, "fwd=stale")
{
    DateTimeOffset _sentAt;

    public override void Asks(HttpRequestMessage request)
    {
        base.Asks(request);
        _sentAt = clock.GetUtcNow();
    }

    public override bool Takes(HttpResponseMessage answer)
    {
        var exchange = new CacheExchange
        {
            Method = "HEAD",
            Request = Call.Fields,
            Status = (int)answer.StatusCode,
            Response = AnswerFields.Of(answer),
            SentAt = _sentAt,
            ReceivedAt = clock.GetUtcNow(),
        };
        var effect = Freshening.ByHead(stored.Policy, stored.Body.Length, exchange);
        if (effect != HeadEffect.None)
        {
            var update = effect == HeadEffect.Update ? Update(exchange) : null;
            shelf.Replace(Call.Key.Text, new Dictionary<StoredAnswer, StoredAnswer?> { [stored] = update });
        }

        return false;
    }

    StoredAnswer? Update(in CacheExchange exchange)
    {
        var fresh = Freshening.Freshen(stored.Fields, stored.Policy.Status, exchange, Call.Rules);
        return fresh.Verdict.IsStored ? stored.With(fresh.Verdict.Policy, fresh.Fields, sequence, clock.GetTimestamp()) : null;
    }
}
