using System.Buffers;
using System.Globalization;

namespace Tutti.Gateway.Caching.Rules.Structured;

/// <summary>Reads bare items of every type (RFC 9651, 4.2.3.1 and 4.2.4 to 4.2.10).</summary>
internal static class BareItemReader
{
    static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create(":/!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    static readonly SearchValues<char> Base64 = SearchValues.Create("+/=0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static bool TryRead(ref StructuredCursor cursor, out BareItem item) => cursor.Next switch
    {
        '-' or (>= '0' and <= '9') => TryReadNumber(ref cursor, out item),
        '"' => StringItemReader.TryReadString(ref cursor, out item),
        '%' => StringItemReader.TryReadDisplayString(ref cursor, out item),
        '*' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') => TryReadToken(ref cursor, out item),
        ':' => TryReadBytes(ref cursor, out item),
        '?' => TryReadBoolean(ref cursor, out item),
        '@' => TryReadDate(ref cursor, out item),
        _ => None(out item),
    };

    static bool None(out BareItem item)
    {
        item = default;
        return false;
    }

    static bool TryReadNumber(ref StructuredCursor cursor, out BareItem item)
    {
        item = default;
        var sign = cursor.TryTake('-') ? -1 : 1;
        var whole = cursor.TakeWhile(Digits);
        if (whole.Length is 0 or > 15)
        {
            return false;
        }

        var integer = long.Parse(whole, NumberStyles.None, CultureInfo.InvariantCulture);
        if (!cursor.TryTake('.'))
        {
            item = new BareItem(BareKind.Integer, sign * integer);
            return true;
        }

        var fraction = cursor.TakeWhile(Digits);
        if (whole.Length > 12 || fraction.Length is 0 or > 3)
        {
            return false;
        }

        item = new BareItem(BareKind.Decimal, sign * ((integer * 1000) + Thousandths(fraction)));
        return true;
    }

    static int Thousandths(ReadOnlySpan<char> fraction)
    {
        var number = int.Parse(fraction, NumberStyles.None, CultureInfo.InvariantCulture);
        return fraction.Length switch { 1 => number * 100, 2 => number * 10, _ => number };
    }

    static bool TryReadToken(ref StructuredCursor cursor, out BareItem item)
    {
        item = new BareItem(BareKind.Token, 0, cursor.TakeWhile(TokenCharacters).ToString());
        return true;
    }

    static bool TryReadBytes(ref StructuredCursor cursor, out BareItem item)
    {
        cursor.Take();
        var text = cursor.TakeWhile(Base64).TrimEnd('=').ToString();
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        item = new BareItem(BareKind.Bytes, 0, padded);
        return cursor.TryTake(':') && System.Buffers.Text.Base64.IsValid(padded);
    }

    static bool TryReadBoolean(ref StructuredCursor cursor, out BareItem item)
    {
        cursor.Take();
        item = new BareItem(BareKind.Boolean, cursor.Next == '1' ? 1 : 0);
        return cursor.TryTake('1') || cursor.TryTake('0');
    }

    static bool TryReadDate(ref StructuredCursor cursor, out BareItem item)
    {
        cursor.Take();
        var read = TryReadNumber(ref cursor, out var number) && number.Kind == BareKind.Integer;
        item = new BareItem(BareKind.Date, number.Number);
        return read;
    }
}
