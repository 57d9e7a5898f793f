using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Tutti.Gateway.Caching.Cluster.Entries;

/// <summary>
/// The form of an entry in Redis: magic and version, checksum, length, epoch and sequence, then the bytes. The checksum covers the key
/// too, so that a value that strayed to another key is not taken for its own.
/// </summary>
internal static class EntryFrame
{
    public const int HeadLength = 32;

    /// <summary><c>Tutti</c>, two zeros and the version of the form.</summary>
    static ReadOnlySpan<byte> Magic => "Tutti\0\0\u0001"u8;

    public static byte[] Write(EntryKey key, ClusterPosition begun, ReadOnlySpan<byte> bytes)
    {
        var frame = new byte[HeadLength + bytes.Length];
        Magic.CopyTo(frame);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(12), bytes.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(frame.AsSpan(16), begun.Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(frame.AsSpan(24), begun.Sequence);
        bytes.CopyTo(frame.AsSpan(HeadLength));
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(8), Checksum(key, frame));
        return frame;
    }

    /// <summary>Reads a frame, or returns null if it is not whole and of this key and epoch.</summary>
    public static SharedEntry? Read(EntryKey key, ulong epoch, byte[] frame) =>
        frame.Length >= HeadLength
        && frame.AsSpan().StartsWith(Magic)
        && BinaryPrimitives.ReadInt32LittleEndian(frame.AsSpan(12)) == frame.Length - HeadLength
        && BinaryPrimitives.ReadUInt64LittleEndian(frame.AsSpan(16)) == epoch
        && BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(8)) == Checksum(key, frame)
            ? new SharedEntry(new ClusterPosition(epoch, BinaryPrimitives.ReadInt64LittleEndian(frame.AsSpan(24))), frame.AsMemory(HeadLength))
            : null;

    static uint Checksum(EntryKey key, ReadOnlySpan<byte> frame)
    {
        Span<byte> name = stackalloc byte[64];
        var length = Encoding.ASCII.GetBytes(key.Hash, name);
        return ~Crc(Crc(uint.MaxValue, name[..length]), frame[12..]);
    }

    static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var rest in bytes[(bytes.Length & ~7)..])
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return crc;
    }
}
