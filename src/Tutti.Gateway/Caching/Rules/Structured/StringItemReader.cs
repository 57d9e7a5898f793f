using System.Text;

namespace Tutti.Gateway.Caching.Rules.Structured;

/// <summary>Reads strings, which are ASCII with escapes, and display strings, which are UTF-8 with percent signs (RFC 9651, 4.2.5 and 4.2.10).</summary>
internal static class StringItemReader
{
    public static bool TryReadString(ref StructuredCursor cursor, out BareItem item)
    {
        cursor.Take();
        var text = new StringBuilder();
        while (!cursor.IsAtEnd)
        {
            var c = cursor.Take();
            if (c == '"')
            {
                item = new BareItem(BareKind.String, 0, text.ToString());
                return true;
            }

            if (c is < ' ' or > '~' || (c == '\\' && cursor.Next is not ('"' or '\\')))
            {
                break;
            }

            text.Append(c == '\\' ? cursor.Take() : c);
        }

        item = default;
        return false;
    }

    public static bool TryReadDisplayString(ref StructuredCursor cursor, out BareItem item)
    {
        cursor.Take();
        item = default;
        if (!cursor.TryTake('"'))
        {
            return false;
        }

        var bytes = new List<byte>();
        while (!cursor.IsAtEnd)
        {
            var c = cursor.Take();
            if (c == '"')
            {
                return TryDecode([.. bytes], out item);
            }

            if (c is < ' ' or > '~' || (c == '%' && !TryTakeByte(ref cursor, out c)))
            {
                return false;
            }

            bytes.Add((byte)c);
        }

        return false;
    }

    /// <summary>Two digits, in lower case only.</summary>
    static bool TryTakeByte(ref StructuredCursor cursor, out char value)
    {
        value = default;
        for (var i = 0; i < 2; i++)
        {
            if (!char.IsAsciiHexDigitLower(cursor.Next))
            {
                return false;
            }

            value = (char)((value * 16) + Convert.ToInt32(cursor.Take().ToString(), 16));
        }

        return true;
    }

    static bool TryDecode(byte[] bytes, out BareItem item)
    {
        var valid = System.Text.Unicode.Utf8.IsValid(bytes);
        item = valid ? new BareItem(BareKind.DisplayString, 0, Encoding.UTF8.GetString(bytes)) : default;
        return valid;
    }
}
