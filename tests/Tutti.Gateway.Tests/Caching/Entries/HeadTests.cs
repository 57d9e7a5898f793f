using System.Buffers;
using CsCheck;
using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Tests.Caching.Entries;

public sealed class HeadTests
{
    static readonly Gen<HeaderField> Line = Gen.Select(
        Gen.OneOfConst("Date", "ETag", "Expires", "X-Own", "content-type", "X-Content-Type-Options"),
        Gen.OneOf(Gen.String[Gen.Char['\u0020', '\u00ff'], 0, 200], Gen.Const("Tue, 01 Jan 2030 00:00:00 GMT"), Gen.Const("Tue, 01 Jan 2030 00:00:00 gmt"), Gen.Const("nosniff")),
        (name, value) => new HeaderField(name, value));

    [Fact]
    public void A_header_reads_back_as_it_was() => Line.Array[0, 8].Sample(lines =>
        HeadReader.ReadAll(Write(lines))!.Lines.ToArray().Select(line => (line.Name.ToUpperInvariant(), line.Value))
            .SequenceEqual(lines.Select(line => (line.Name.ToUpperInvariant(), line.Value))));

    [Fact]
    public void Garbage_is_no_header_and_breaks_nothing() => Gen.Byte.Array[0, 60].Sample(bytes => { HeadReader.ReadAll(bytes); });

    [Fact]
    public void The_numbers_of_names_stay_what_they_are() => Convert.ToHexString(Write(
        [
            new("Content-Type", "text/klingon"), new("Date", "Tue, 01 Jan 2030 00:00:00 GMT"), new("X-Own", "é"), new("Accept-Ranges", "none"),
        ])).ShouldBe("010C746578742F6B6C696E676F6E8270DBD8800005582D4F776E01E91F046E6F6E65");

    [Fact]
    public void The_numbers_of_lines_stay_what_they_are() => Convert.ToHexString(Write(
        [
            new("Content-Type", "application/json"), new("Content-Type", "text/plain"), new("Cache-Control", "max-age=60"), new("Server", "nginx"),
            new("Content-Language", "en"),
        ])).ShouldBe("404B5B6470");

    static byte[] Write(HeaderField[] lines)
    {
        var writer = new ArrayBufferWriter<byte>();
        HeadWriter.Write(new HeaderFields(lines), writer);
        return writer.WrittenSpan.ToArray();
    }
}
