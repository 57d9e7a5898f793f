using System.Text;

namespace Tutti.Gateway.ProxyCache.Invalidating;

/// <summary>
/// Reads the pattern of a ban from a request line. What a request line cannot carry as it is came with percent signs; everything else,
/// backslashes included, is the expression itself. It is anchored at the beginning, as Ocean means it.
/// </summary>
internal static class BanPattern
{
    public static string Of(string written)
    {
        var pattern = Unescape(written);
        return pattern.StartsWith('^') ? pattern : $"^{pattern}";
    }

    static string Unescape(string written)
    {
        const string Escaped = "\\|?[]^${}()<>\" `";
        var pattern = new StringBuilder(written.Length);
        for (var at = 0; at < written.Length; at++)
        {
            if (written[at] == '%' && at + 2 < written.Length && byte.TryParse(written.AsSpan(at + 1, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var code)
                && Escaped.Contains((char)code, StringComparison.Ordinal))
            {
                pattern.Append((char)code);
                at += 2;
            }
            else
            {
                pattern.Append(written[at]);
            }
        }

        return pattern.ToString();
    }
}
