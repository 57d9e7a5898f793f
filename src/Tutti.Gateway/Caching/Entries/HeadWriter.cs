using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Tutti.Gateway.Caching.Rules.Fields;

namespace Tutti.Gateway.Caching.Entries;

/// <summary>
/// Writes the header of a stored response compactly: a byte for a common line or name, four for a date, text in Latin-1, in which backends
/// send it. <see cref="HeadReader"/> reads it.
/// </summary>
internal static class HeadWriter
{
    public const byte DateMark = 0x80;

    /// <summary>Only whole seconds of these years fit; other dates stay text.</summary>
    const long LatestDate = uint.MaxValue;

    public static void Write(HeaderFields head, IBufferWriter<byte> to)
    {
        foreach (var line in head.Lines)
        {
            var number = HeadNames.NumberOf(line.Name);
            if (number != HeadNames.Other && AsDate(line.Value) is { } seconds)
            {
                Byte(to, (byte)(number | DateMark));
                BinaryPrimitives.WriteUInt32BigEndian(to.GetSpan(4), seconds);
                to.Advance(4);
                continue;
            }

            if (HeadLines.NumberOf(line) is > 0 and var whole)
            {
                Byte(to, whole);
                continue;
            }

            Byte(to, number);
            if (number == HeadNames.Other)
            {
                Text(to, line.Name);
            }

            Text(to, line.Value);
        }
    }

    /// <summary>A number of seven bits a byte, the lowest first.</summary>
    public static void Number(IBufferWriter<byte> to, uint number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            Byte(to, (byte)(number | 0x80));
        }

        Byte(to, (byte)number);
    }

    /// <summary>The seconds of a date in the one form that is written back to the letter.</summary>
    static uint? AsDate(string value) =>
        value.Length == 29
        && HttpDate.Parse(value, DateTimeOffset.UnixEpoch) is { } date
        && date.ToUnixTimeSeconds() is >= 0 and <= LatestDate and var seconds
        && HttpDate.Write(date) == value
            ? (uint)seconds
            : null;

    static void Text(IBufferWriter<byte> to, string text)
    {
        Number(to, (uint)text.Length);
        var span = to.GetSpan(Math.Max(1, text.Length));
        to.Advance(Encoding.Latin1.GetBytes(text, span));
    }

    static void Byte(IBufferWriter<byte> to, byte value)
    {
        to.GetSpan(1)[0] = value;
        to.Advance(1);
    }
}
