using System.Buffers.Binary;
using System.Text;
using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Caching.Rules.Verdicts;
using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Caching.Sharing;

/// <summary>
/// The form of an entry between nodes: numbers, reason, header, body. It begins with its version; bytes of another version, or that do not
/// fit, are no entry. Of its times only the difference counts, as the clocks of nodes may differ: how old it is follows from how long Redis
/// will keep it.
/// </summary>
internal static class EntryCodec
{
    /// <summary>Version 1 did not say from which URI an entry came, so that changes at the URI could not reach it.</summary>
    const byte Version = 2;

    const int FixedLength = 55;
    const long LongestMs = 1_000L * PartPolicy.Longest;

    public static byte[] Write(CacheEntry entry, TimeProvider clock)
    {
        var reason = Encoding.Latin1.GetBytes(entry.Reason is { Length: <= 255 } text ? text : "");
        var body = entry.Body.Span;
        var bytes = new byte[FixedLength + reason.Length + entry.Head.Length + body.Length];
        var to = bytes.AsSpan();
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt16BigEndian(to[1..], entry.Numbers.Status);
        bytes[3] = (byte)entry.Numbers.Marks;
        bytes[4] = (byte)entry.Numbers.Traits;
        BinaryPrimitives.WriteUInt32BigEndian(to[5..], entry.Numbers.Lifetime);
        BinaryPrimitives.WriteUInt32BigEndian(to[9..], entry.Numbers.InitialAge);
        BinaryPrimitives.WriteUInt32BigEndian(to[13..], entry.Numbers.StaleWhileRevalidate);
        BinaryPrimitives.WriteUInt32BigEndian(to[17..], entry.Numbers.StaleIfError);
        BinaryPrimitives.WriteInt64BigEndian(to[21..], ToWall(entry.StoredAt, clock));
        BinaryPrimitives.WriteInt64BigEndian(to[29..], ToWall(entry.KeptUntil, clock));
        BinaryPrimitives.WriteInt64BigEndian(to[37..], entry.ExpiresAt);
        bytes[45] = (byte)reason.Length;
        BinaryPrimitives.WriteInt32BigEndian(to[46..], entry.Head.Length);
        bytes[50] = entry.Type is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteUInt32BigEndian(to[51..], entry.UriHash);
        reason.CopyTo(to[FixedLength..]);
        entry.Head.CopyTo(to[(FixedLength + reason.Length)..]);
        body.CopyTo(to[(FixedLength + reason.Length + entry.Head.Length)..]);
        return bytes;
    }

    /// <param name="left">How long it is still kept.</param>
    /// <returns>Null for bytes that are no entry of this version, or one that is over.</returns>
    public static CacheEntry? Read(ReadOnlySpan<byte> bytes, CachedPart part, ReadOnlySpan<byte> key, long sequence, TimeSpan left, TimeProvider clock)
    {
        if (bytes.Length < FixedLength || bytes[0] != Version || bytes[50] > 1)
        {
            return null;
        }

        var headLength = BinaryPrimitives.ReadInt32BigEndian(bytes[46..]);
        var rest = bytes[FixedLength..];
        if (headLength < 0 || bytes[45] + (long)headLength > rest.Length || HeadReader.ReadAll(rest.Slice(bytes[45], headLength)) is not { } head)
        {
            return null;
        }

        var whole = WholeTime(bytes);
        if (left <= TimeSpan.Zero || whole is null)
        {
            return null;
        }

        // Redis has a clock as well.
        var keptUntil = clock.GetTimestamp() + Ticks(left < whole ? left : whole.Value, clock);
        var type = bytes[50] == 0 ? null : head.First("Content-Type") is { } declared ? ContentType.Of(declared) : ContentType.Undeclared;
        var reason = bytes[45] == 0 ? null : Encoding.Latin1.GetString(rest[..bytes[45]]);
        return new CacheEntry(new EntryIdentity(part, key).Hash, [.. key, .. rest[bytes[45]..]], key.Length, headLength, type, reason)
        {
            Part = part,
            Sequence = sequence,
            UriHash = BinaryPrimitives.ReadUInt32BigEndian(bytes[51..]),
            StoredAt = keptUntil - Ticks(whole.Value, clock),
            KeptUntil = keptUntil,
            ExpiresAt = BinaryPrimitives.ReadInt64BigEndian(bytes[37..]),
            Numbers = new EntryNumbers(
                BinaryPrimitives.ReadUInt32BigEndian(bytes[5..]),
                BinaryPrimitives.ReadUInt32BigEndian(bytes[9..]),
                BinaryPrimitives.ReadUInt32BigEndian(bytes[13..]),
                BinaryPrimitives.ReadUInt32BigEndian(bytes[17..]),
                BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]),
                (PolicyMarks)bytes[3],
                (EntryTraits)bytes[4]),
        };
    }

    /// <summary>How long it is kept from its storing on; null for nonsense.</summary>
    static TimeSpan? WholeTime(ReadOnlySpan<byte> bytes)
    {
        var milliseconds = unchecked(BinaryPrimitives.ReadInt64BigEndian(bytes[29..]) - BinaryPrimitives.ReadInt64BigEndian(bytes[21..]));
        return milliseconds is > 0 and <= LongestMs ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }

    static long ToWall(long timestamp, TimeProvider clock) =>
        clock.GetUtcNow().ToUnixTimeMilliseconds() + (long)clock.GetElapsedTime(clock.GetTimestamp(), timestamp).TotalMilliseconds;

    static long Ticks(TimeSpan time, TimeProvider clock) => (long)(time.TotalSeconds * clock.TimestampFrequency);
}
