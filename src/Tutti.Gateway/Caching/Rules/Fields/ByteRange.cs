using System.Globalization;
using Tutti.Gateway.Caching.Rules.Verdicts;

namespace Tutti.Gateway.Caching.Rules.Fields;

/// <summary>The bytes of a body that a client asks for, both ends included.</summary>
internal readonly record struct ByteRange(long First, long Last)
{
    const string Unit = "bytes=";

    public long Length => Last - First + 1;

    /// <summary>The value of <c>Content-Range</c>.</summary>
    public string ContentRange(long length) => string.Create(CultureInfo.InvariantCulture, $"bytes {First}-{Last}/{length}");

    /// <summary>
    /// Reads a <c>Range</c> of one part (RFC 9110, 14.1.2 and 14.2). What is malformed, of another unit or of several parts is ignored, which is allowed:
    /// the whole response answers it.
    /// </summary>
    public static ClientAnswer Resolve(ReadOnlySpan<char> value, long length, out ByteRange range)
    {
        range = default;
        value = FieldText.Trim(value);
        var dash = value.IndexOf('-');
        if (!value.StartsWith(Unit, StringComparison.OrdinalIgnoreCase) || dash < Unit.Length || value.Contains(','))
        {
            return ClientAnswer.Whole;
        }

        var first = FieldText.Trim(value[Unit.Length..dash]);
        var last = FieldText.Trim(value[(dash + 1)..]);
        return first.IsEmpty ? Suffix(last, length, out range) : Bounded(first, last, length, out range);
    }

    static ClientAnswer Suffix(ReadOnlySpan<char> text, long length, out ByteRange range)
    {
        range = default;
        if (!TryRead(text, out var count))
        {
            return ClientAnswer.Whole;
        }

        range = new ByteRange(Math.Max(0, length - count), length - 1);
        return Told(count > 0 && length > 0);
    }

    static ClientAnswer Bounded(ReadOnlySpan<char> first, ReadOnlySpan<char> last, long length, out ByteRange range)
    {
        range = default;
        var end = long.MaxValue;
        if (!TryRead(first, out var begin) || (!last.IsEmpty && !TryRead(last, out end)) || end < begin)
        {
            return ClientAnswer.Whole;
        }

        range = new ByteRange(begin, Math.Min(end, length - 1));
        return Told(begin < length);
    }

    static ClientAnswer Told(bool satisfiable) => satisfiable ? ClientAnswer.Part : ClientAnswer.RangeNotSatisfiable;

    static bool TryRead(ReadOnlySpan<char> digits, out long number) => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
