using System.Globalization;
using System.Text;
using Tutti.Gateway.Caching.Entries;

namespace Tutti.Gateway.ProxyCache.Keys;

/// <summary>Writes escapes in one way: what needs none has none, and the digits of the others are upper case (RFC 3986, 6.2.2).</summary>
internal static class Escapes
{
    public static string Normalize(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        var normal = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '%' && at + 2 < text.Length && byte.TryParse(text.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                Append(normal, code);
                at += 2;
            }
            else
            {
                normal.Append(text[at]);
            }
        }

        return normal.ToString();
    }

    static void Append(StringBuilder normal, byte code)
    {
        var c = (char)code;
        if (UriIdentity.IsUnreserved(c))
        {
            normal.Append(c);
        }
        else
        {
            normal.Append('%').Append(code.ToString("X2", CultureInfo.InvariantCulture));
        }
    }
}
