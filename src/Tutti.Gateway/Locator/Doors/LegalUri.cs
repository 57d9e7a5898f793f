using System.Buffers;
using System.Globalization;
using System.Text;

namespace Tutti.Gateway.Locator.Doors;

/// <summary>Escapes what a URI may not hold (RFC 3986), for clients whose parsers are strict; what is legal stays as it came.</summary>
internal static class LegalUri
{
    static readonly SearchValues<char> InPath = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/");

    static readonly SearchValues<char> InQuery = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?");

    public static string Path(string path) => Escape(path, InPath);

    /// <param name="query">With its question mark.</param>
    public static string Query(string query) => Escape(query, InQuery);

    static string Escape(string text, SearchValues<char> legal)
    {
        if (text.AsSpan().IndexOfAnyExcept(legal) < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 16);
        Span<byte> utf8 = stackalloc byte[4];
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if ((rune.IsAscii && legal.Contains((char)rune.Value)) || IsEscape(text, at))
            {
                result.Append((char)rune.Value);
            }
            else
            {
                foreach (var b in utf8[..rune.EncodeToUtf8(utf8)])
                {
                    result.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
                }
            }

            at += rune.Utf16SequenceLength;
        }

        return result.ToString();
    }

    static bool IsEscape(string text, int at) =>
        text[at] == '%' && at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]);
}
