using System.Text;

namespace Tutti.Gateway.Registry;

/// <summary>Looks encodings up by the charset names that bodies and registrations use.</summary>
internal static class Charset
{
    /// <summary>The strict encoding of that name, or null if it is unknown. UTF-7 counts as unknown: it smuggles markup past filters.</summary>
    public static Encoding? Find(string name)
    {
        if (name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || name.Equals("utf8", StringComparison.OrdinalIgnoreCase))
        {
            return Encoding.UTF8;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? (name.Equals("utf-7", StringComparison.OrdinalIgnoreCase)
                    ? null
                    : Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>
    /// The encoding of a text of 16 or 32 bits, as the mark at its beginning says, and the text behind the mark; without one, the
    /// declared encoding (RFC 2781, 3.2). In UTF-8 a mark is a character like any other.
    /// </summary>
    public static Encoding ByMark(Encoding declared, ref ReadOnlySpan<byte> text)
    {
        if (declared.CodePage is not (LittleEndian or BigEndian) && !declared.CodePage.Equals(Encoding.UTF32.CodePage))
        {
            return declared;
        }

        var encoding = declared.CodePage == LittleEndian && text.StartsWith(Encoding.BigEndianUnicode.Preamble) ? Find("utf-16BE")! : declared;
        text = text.StartsWith(encoding.Preamble) ? text[encoding.Preamble.Length..] : text;
        return encoding;
    }

    const int LittleEndian = 1200;

    const int BigEndian = 1201;
}
