using System.Buffers;
using System.Buffers.Binary;

namespace Tutti.Gateway.Caching.Cluster.Invalidations;

/// <summary>An invalidation as it stands in the log: who made it, under which id of its own.</summary>
internal readonly record struct LogMessage(ulong Node, long Id, Invalidation Invalidation)
{
    const byte Version = 1;
    const int HeadLength = 17;

    public byte[] Write()
    {
        var writer = new ArrayBufferWriter<byte>(64);
        var head = writer.GetSpan(HeadLength);
        head[0] = Version;
        BinaryPrimitives.WriteUInt64LittleEndian(head[1..], Node);
        BinaryPrimitives.WriteInt64LittleEndian(head[9..], Id);
        writer.Advance(HeadLength);
        InvalidationFormat.Write(Invalidation, writer);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a message; one of an unknown form invalidates everything.</summary>
    public static LogMessage Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= HeadLength && bytes[0] == Version
            ? new LogMessage(
                BinaryPrimitives.ReadUInt64LittleEndian(bytes[1..]),
                BinaryPrimitives.ReadInt64LittleEndian(bytes[9..]),
                InvalidationFormat.Read(bytes[HeadLength..]))
            : new LogMessage(0, 0, new Invalidation.Everything());
}
