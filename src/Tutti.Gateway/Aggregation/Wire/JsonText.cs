using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tutti.Gateway.Aggregation.Wire;

/// <summary>
/// Escapes UTF-8 text as JSON strings must be (RFC 8259, 7), eight bytes at a step. Bodies are most of an answer and
/// full of quotes, for which the platform's general encoder goes byte by byte.
/// </summary>
internal static class JsonText
{
    const int Step = 8;

    /// <summary>The longest escape: a control character as <c>\u00xx</c>.</summary>
    const int LongestEscape = 6;

    /// <summary>For each set of marked bytes among eight: which byte goes where when a backslash comes before the marked ones.</summary>
    static readonly Vector128<byte>[] Places = [.. Enumerable.Range(0, 1 << Step).Select(PlacesOf)];

    /// <summary>The room that a text may need.</summary>
    public static int MaxLength(int utf8Bytes) => checked((utf8Bytes * LongestEscape) + Vector128<byte>.Count);

    /// <summary>Writes the text without quotes around it.</summary>
    /// <param name="utf8">UTF-8, or a piece of it cut anywhere.</param>
    /// <param name="to">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Escape(ReadOnlySpan<byte> utf8, Span<byte> to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to.Length, MaxLength(utf8.Length));
        ref var source = ref MemoryMarshal.GetReference(utf8);
        ref var target = ref MemoryMarshal.GetReference(to);
        var (read, written) = (0, 0);
        while (read <= utf8.Length - Step)
        {
            var bytes = Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, read))).AsByte();
            if (Controls(bytes) != 0)
            {
                written += EscapeEach(utf8.Slice(read, Step), ref Unsafe.Add(ref target, written));
            }
            else
            {
                var marks = Marks(bytes);
                Spread(bytes, Places[marks]).StoreUnsafe(ref target, (nuint)written);
                written += Step + BitOperations.PopCount(marks);
            }

            read += Step;
        }

        return written + EscapeEach(utf8[read..], ref Unsafe.Add(ref target, written));
    }

    /// <summary>A bit for each control character among the first eight bytes.</summary>
    static uint Controls(Vector128<byte> bytes) => Vector128.LessThan(bytes, Vector128.Create((byte)' ')).ExtractMostSignificantBits() & 0xFF;

    /// <summary>A bit for each quote and backslash among the first eight bytes.</summary>
    static uint Marks(Vector128<byte> bytes) =>
        (Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))).ExtractMostSignificantBits() & 0xFF;

    /// <summary>Moves the bytes to their places; where a place is free, a backslash stands.</summary>
    static Vector128<byte> Spread(Vector128<byte> bytes, Vector128<byte> places) =>
        Vector128.ConditionalSelect(
            Vector128.Equals(places, Vector128<byte>.AllBitsSet),
            Vector128.Create((byte)'\\'),
            Vector128.ShuffleNative(bytes, places));

    static Vector128<byte> PlacesOf(int marks)
    {
        Span<byte> places = stackalloc byte[Vector128<byte>.Count];
        places.Fill(byte.MaxValue);
        var place = 0;
        for (var i = 0; i < Step; i++)
        {
            place += (marks >> i) & 1;
            places[place++] = (byte)i;
        }

        return Vector128.Create<byte>(places);
    }

    static int EscapeEach(ReadOnlySpan<byte> utf8, ref byte target)
    {
        var written = 0;
        foreach (var character in utf8)
        {
            written += EscapeOne(character, ref Unsafe.Add(ref target, written));
        }

        return written;
    }

    static int EscapeOne(byte character, ref byte target)
    {
        if (character >= ' ' && character is not ((byte)'"' or (byte)'\\'))
        {
            target = character;
            return 1;
        }

        target = (byte)'\\';
        ref var letter = ref Unsafe.Add(ref target, 1);
        letter = character switch
        {
            (byte)'\n' => (byte)'n',
            (byte)'\r' => (byte)'r',
            (byte)'\t' => (byte)'t',
            (byte)'\b' => (byte)'b',
            (byte)'\f' => (byte)'f',
            < (byte)' ' => (byte)'u',
            _ => character,
        };
        if (letter != 'u')
        {
            return 2;
        }

        Unsafe.Add(ref target, 2) = (byte)'0';
        Unsafe.Add(ref target, 3) = (byte)'0';
        Unsafe.Add(ref target, 4) = (byte)('0' + (character >> 4));
        Unsafe.Add(ref target, 5) = "0123456789abcdef"u8[character & 15];
        return LongestEscape;
    }
}
