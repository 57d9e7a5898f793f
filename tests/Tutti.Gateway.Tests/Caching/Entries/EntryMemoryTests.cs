using System.Text;
using Tutti.Gateway.Caching;
using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Tests.Caching.Entries;

/// <summary>Alone, because it measures the memory of the whole process.</summary>
[CollectionDefinition(nameof(EntryMemoryTests), DisableParallelization = true)]
[Collection(nameof(EntryMemoryTests))]
public sealed class EntryMemoryTests : IDisposable
{
    const int Entries = 100_000;
    const int BodyBytes = 1000;

    readonly CacheWorld _world = new(TimeProvider.System, new CachingOptions { MaxBytes = 1L << 30 });

    [Fact]
    public void An_entry_takes_less_than_200_bytes_beside_its_body_and_no_more_than_it_says()
    {
        var (shelf, body) = (_world.Get<EntryShelf>(), new byte[BodyBytes]);
        var part = Some.Model(Some.Part() with { CacheTtl = 60 });
        var cached = _world.Get<CachedParts>().Of(part);
        var exchange = Exchange();
        var verdict = PartPolicy.Judge(part, cached, exchange);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Entries; i++)
        {
            var origin = new EntryOrigin(cached, Encoding.UTF8.GetBytes($"value-{i}"), 0, 1, 1_000_000_000, exchange.ReceivedAt, 0);
            shelf.TryPut(EntryForm.Make(origin, part, exchange.Response, verdict, new AnswerFrame(200, null, true), body)).ShouldBeTrue();
        }

        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        shelf.Count.ShouldBe(Entries);
        (taken / Entries).ShouldBeLessThan(BodyBytes + 200);
        ((double)taken / shelf.Bytes).ShouldBeInRange(0.97, 1.03, $"{taken} bytes for {shelf.Bytes}");
    }

    static CacheExchange Exchange() => new()
    {
        Method = "GET",
        Request = HeaderFields.None,
        Status = 200,
        Response = HeaderFields.Of(
            ("Content-Type", "application/json; charset=utf-8"), ("Date", "Tue, 01 Jan 2030 00:00:00 GMT"), ("Server", "nginx/1.22.1"), ("Cache-Control", "max-age=60")),
        SentAt = DateTimeOffset.UnixEpoch,
        ReceivedAt = DateTimeOffset.UnixEpoch,
    };

    public void Dispose() => _world.Dispose();
}
