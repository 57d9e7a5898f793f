using System.Buffers;
using CsCheck;
using Tutti.Gateway.Caching.Cluster;
using Tutti.Gateway.Caching.Cluster.Invalidations;

namespace Tutti.Gateway.Tests.Caching.Cluster;

/// <summary>An invalidation arrives exactly as it was made; what is not understood invalidates everything.</summary>
public sealed class InvalidationFormatTests
{
    static readonly Invalidation Everything = new Invalidation.Everything();

    static readonly Gen<Invalidation> Any = Gen.Select(Gen.Int[0, 6], Gen.String, Gen.String, Gen.String, Gen.Bool, (kind, a, b, c, isSoft) => kind switch
    {
        0 => new Invalidation.Everything(isSoft),
        1 => new Invalidation.Part(a, isSoft),
        2 => new Invalidation.ParamValue(a, b, c, isSoft),
        3 => new Invalidation.Group(a, b, isSoft),
        4 => new Invalidation.Key(a, b, isSoft),
        5 => new Invalidation.Ban(a, isSoft),
        _ => (Invalidation)new Invalidation.Uri((uint)a.GetHashCode(StringComparison.Ordinal), isSoft),
    });

    [Fact]
    public void What_is_written_is_read() => Any.Sample(invalidation =>
        LogMessage.Read(new LogMessage(7, 42, invalidation).Write()) == new LogMessage(7, 42, invalidation));

    [Fact]
    public void A_value_that_is_no_valid_Unicode_stays_itself()
    {
        var invalidation = new Invalidation.ParamValue("stock", "sku", "a\ud800\0b");

        InvalidationFormat.Read(Write(invalidation)).ShouldBe(invalidation);
    }

    [Fact]
    public void A_cut_or_lengthened_message_invalidates_everything() => Any.Sample(invalidation =>
    {
        var bytes = Write(invalidation);
        for (var length = 0; length < bytes.Length; length++)
        {
            InvalidationFormat.Read(bytes.AsSpan(0, length)).ShouldBe(Everything);
        }

        InvalidationFormat.Read([.. bytes, 0]).ShouldBe(Everything);
    }, iter: 200);

    [Theory]
    [InlineData(2, 1, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(1, 7, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(1, 2, 0)]
    [InlineData(1, 1, 2)]
    public void What_a_newer_node_says_invalidates_everything(byte version, byte kind, byte isSoft) =>
        InvalidationFormat.Read([version, kind, isSoft]).ShouldBe(Everything);

    [Fact]
    public void A_message_of_a_newer_version_invalidates_everything()
    {
        var bytes = new LogMessage(7, 42, new Invalidation.Part("stock")).Write();
        bytes[0]++;

        LogMessage.Read(bytes).Invalidation.ShouldBe(Everything);
        LogMessage.Read([]).Invalidation.ShouldBe(Everything);
    }

    [Fact]
    public void Garbage_never_throws() => Gen.Byte.Array[0, 60].Sample(bytes =>
    {
        LogMessage.Read(bytes).Invalidation.ShouldNotBeNull();
        _ = LogEntry.Read(bytes);
    });

    [Fact]
    public void The_form_stays_as_it_is() =>
        Convert.ToHexStringLower(Write(new Invalidation.Group("o", "né", IsSoft: true))).ShouldBe("010401020000006f00040000006e00e900");

    [Theory]
    [InlineData("0123456789abcdef12:x", 12)]
    [InlineData("0123456789abcdef1:", 1)]
    public void An_announcement_says_where_it_stands(string text, long sequence) =>
        LogEntry.Read(System.Text.Encoding.UTF8.GetBytes(text))!.Value.Position.ShouldBe(new ClusterPosition(0x0123456789abcdef, sequence));

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef:x")]
    [InlineData("0123456789abcdeg1:x")]
    [InlineData("0123456789abcdef-1:x")]
    [InlineData("0123456789abcdef1234567890123456:x")]
    [InlineData("0123456789abcdef1")]
    public void Other_announcements_are_not_understood(string text) => LogEntry.Read(System.Text.Encoding.UTF8.GetBytes(text)).ShouldBeNull();

    static byte[] Write(Invalidation invalidation)
    {
        var writer = new ArrayBufferWriter<byte>();
        InvalidationFormat.Write(invalidation, writer);
        return writer.WrittenSpan.ToArray();
    }
}
