using CsCheck;
using Tutti.Gateway.Caching.Cluster;
using Tutti.Gateway.Caching.Cluster.Entries;

namespace Tutti.Gateway.Tests.Caching.Cluster;

/// <summary>A frame is read as what was written, or not at all.</summary>
public sealed class EntryFrameTests
{
    const ulong Epoch = 0x0123456789abcdef;

    static readonly EntryKey Key = EntryKey.Of("stock 7"u8);
    static readonly ClusterPosition Begun = new(Epoch, 42);

    [Fact]
    public void What_is_written_is_read() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        var entry = EntryFrame.Read(Key, Epoch, EntryFrame.Write(Key, Begun, bytes)).ShouldNotBeNull();

        entry.Position.ShouldBe(Begun);
        entry.Bytes.ToArray().ShouldBe(bytes);
    });

    [Fact]
    public void Threat_38_One_flipped_bit_anywhere_makes_it_absent() => Gen.Byte.Array[0, 100].Sample(bytes =>
    {
        var frame = EntryFrame.Write(Key, Begun, bytes);
        for (var bit = 0; bit < frame.Length * 8; bit++)
        {
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
            EntryFrame.Read(Key, Epoch, frame).ShouldBeNull($"bit {bit}");
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }, iter: 20);

    [Fact]
    public void Threat_38_A_cut_or_lengthened_frame_is_absent()
    {
        var frame = EntryFrame.Write(Key, Begun, "some bytes"u8);

        Enumerable.Range(0, frame.Length).Select(length => EntryFrame.Read(Key, Epoch, frame[..length])).ShouldAllBe(entry => entry == null);
        EntryFrame.Read(Key, Epoch, [.. frame, 0]).ShouldBeNull();
    }

    [Fact]
    public void Threat_38_Garbage_is_absent() => Gen.Byte.Array[0, 100].Sample(bytes => EntryFrame.Read(Key, Epoch, bytes) is null);

    [Fact]
    public void A_frame_of_another_key_or_epoch_is_absent()
    {
        var frame = EntryFrame.Write(Key, Begun, "some bytes"u8);

        EntryFrame.Read(EntryKey.Of("stock 8"u8), Epoch, frame).ShouldBeNull();
        EntryFrame.Read(Key, Epoch + 1, frame).ShouldBeNull();
    }

    /// <summary>Nodes of every version read what nodes of this one wrote.</summary>
    [Fact]
    public void The_form_stays_as_it_is() =>
        Convert.ToHexStringLower(EntryFrame.Write(Key, Begun, "body"u8)).ShouldBe("5475747469000001858df0a604000000efcdab89674523012a00000000000000626f6479");
}
