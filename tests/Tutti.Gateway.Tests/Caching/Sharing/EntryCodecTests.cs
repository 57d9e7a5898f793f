using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Tutti.Gateway.Caching;
using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Sharing;

namespace Tutti.Gateway.Tests.Caching.Sharing;

public sealed class EntryCodecTests : IDisposable
{
    /// <summary>An entry as version 1 wrote it, which did not say where it came from. Every later version drops it.</summary>
    const string KeptOfVersion1 =
        "0100C8000B0000003C0000000000000000000000000000018763686A000000018763695460000001876369546004000000230146696E65" +
        "01106170706C69636174696F6E2F6A736F6E0403227822030A6D61782D6167653D36307B2261223A317D";

    /// <summary>An entry as version 2 wrote it. It must be read, or dropped, by every later version.</summary>
    const string Kept =
        "0200C8000B0000003C0000000000000000000000000000018763686A0000000187636954600000018763695460040000000701FEDCBA98" +
        "46696E654004032278225B7B2261223A317D";

    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeMilliseconds(1_681_000_000_000));
    readonly CacheWorld _world;

    public EntryCodecTests() => _world = new CacheWorld(_clock);

    [Fact]
    public void What_is_written_reads_back_as_it_was()
    {
        var entry = Entry();

        var read = EntryCodec.Read(EntryCodec.Write(entry, _clock), entry.Part, entry.Key, 7, Minute, _clock)!;

        read.Numbers.ShouldBe(entry.Numbers);
        (read.Type, read.Reason, read.ExpiresAt).ShouldBe((entry.Type, entry.Reason, entry.ExpiresAt));
        (read.StoredAt, read.KeptUntil, read.Sequence).ShouldBe((entry.StoredAt, entry.KeptUntil, 7));
        read.Body.ToArray().ShouldBe(entry.Body.ToArray());
        read.ReadHead().Joined("ETag").ShouldBe("\"x\"");
    }

    [Fact]
    public void The_kept_sample_of_version_2_is_read()
    {
        Convert.ToHexString(EntryCodec.Write(Entry(), _clock)).ShouldBe(Kept);

        var read = EntryCodec.Read(Convert.FromHexString(Kept), Entry().Part, [], 0, Minute, _clock)!;

        Encoding.UTF8.GetString(read.Body.Span).ShouldBe("{\"a\":1}");
        read.ReadHead().Joined("Cache-Control").ShouldBe("max-age=60");
        (read.Numbers.Status, read.Numbers.Lifetime, read.Reason).ShouldBe(((ushort)200, 60u, "Fine"));
        read.UriHash.ShouldBe(0xFEDC_BA98);
    }

    [Fact]
    public void The_kept_sample_of_version_1_is_no_entry() =>
        EntryCodec.Read(Convert.FromHexString(KeptOfVersion1), Entry().Part, [], 0, Minute, _clock).ShouldBeNull();

    [Theory]
    [InlineData(0)]
    [InlineData(3_600)]
    [InlineData(-7_200)]
    public void Threat_42_It_ages_while_it_is_under_way_whatever_the_clock_of_its_reader_shows(int ahead)
    {
        var bytes = EntryCodec.Write(Entry(), _clock);
        var reader = new FakeTimeProvider(_clock.GetUtcNow().AddSeconds(ahead));

        var read = EntryCodec.Read(bytes, Entry().Part, [], 0, TimeSpan.FromSeconds(50), reader)!;

        reader.GetElapsedTime(read.StoredAt).ShouldBe(TimeSpan.FromSeconds(10));
        reader.GetElapsedTime(reader.GetTimestamp(), read.KeptUntil).ShouldBe(TimeSpan.FromSeconds(50));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void What_nobody_keeps_is_no_entry(int left) =>
        EntryCodec.Read(EntryCodec.Write(Entry(), _clock), Entry().Part, [], 0, TimeSpan.FromSeconds(left), _clock).ShouldBeNull();

    [Fact]
    public void It_is_kept_no_longer_than_its_writer_would()
    {
        var read = EntryCodec.Read(EntryCodec.Write(Entry(), _clock), Entry().Part, [], 0, TimeSpan.FromDays(1), _clock)!;

        _clock.GetElapsedTime(_clock.GetTimestamp(), read.KeptUntil).ShouldBe(Minute);
    }

    [Fact]
    public void Garbage_is_no_entry_and_breaks_nothing() =>
        Gen.Byte.Array[0, 120].Sample(bytes => { EntryCodec.Read(bytes, Entry().Part, [], 0, Minute, _clock); });

    [Fact]
    public void Another_version_is_no_entry()
    {
        var bytes = EntryCodec.Write(Entry(), _clock);
        bytes[0] = 3;

        EntryCodec.Read(bytes, Entry().Part, [], 0, Minute, _clock).ShouldBeNull();
    }

    [Fact]
    public void A_cut_entry_is_none()
    {
        var bytes = EntryCodec.Write(Entry(), _clock);
        for (var length = 0; length < 60; length++)
        {
            EntryCodec.Read(bytes.AsSpan(0, length), Entry().Part, [], 0, Minute, _clock).ShouldBeNull();
        }
    }

    public void Dispose() => _world.Dispose();

    CacheEntry Entry()
    {
        var part = Some.Model(Some.Part() with { CacheTtl = 60_000 });
        var cached = _world.Get<CachedParts>().Of(part);
        var head = HeaderFields.Of(("Content-Type", "application/json"), ("ETag", "\"x\""), ("Cache-Control", "max-age=60"));
        var exchange = new Gateway.Caching.Rules.CacheExchange
        {
            Method = "GET",
            Request = HeaderFields.None,
            Status = 200,
            Response = head,
            SentAt = _clock.GetUtcNow(),
            ReceivedAt = _clock.GetUtcNow(),
        };
        var origin = new EntryOrigin(cached, [], 3, _clock.GetTimestamp(), _clock.TimestampFrequency, _clock.GetUtcNow(), 0xFEDC_BA98);
        return EntryForm.Make(origin, part, head, PartPolicy.Judge(part, cached, exchange), new AnswerFrame(200, "Fine", true), Encoding.UTF8.GetBytes("{\"a\":1}"));
    }
}
