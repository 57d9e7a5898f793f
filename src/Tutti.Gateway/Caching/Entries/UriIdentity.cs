using System.Globalization;

namespace Tutti.Gateway.Caching.Entries;

/// <summary>What URIs are told apart by, on all nodes alike, however they are written (RFC 9110, 4.2.3).</summary>
internal static class UriIdentity
{
    const uint HashStart = 2_166_136_261;
    const uint HashFactor = 16_777_619;

    /// <summary>Scheme, host and port.</summary>
    public static string OriginOf(Uri uri) =>
        string.Create(CultureInfo.InvariantCulture, $"{uri.Scheme}://{uri.IdnHost.ToLowerInvariant()}:{uri.Port}");

    /// <summary>A hash (FNV-1a) of the URI without its fragment. URIs that share one are invalidated together.</summary>
    public static uint HashOf(Uri uri)
    {
        var target = uri.PathAndQuery.AsSpan();
        var hash = Add(HashStart, OriginOf(uri));
        hash = target.StartsWith("/", StringComparison.Ordinal) ? hash : Add(hash, '/');
        for (var at = 0; at < target.Length; at++)
        {
            // An escaped letter or digit is that letter or digit, and the digits of an escape have no case (RFC 3986, 6.2.2).
            if (target[at] == '%' && at + 2 < target.Length && byte.TryParse(target.Slice(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                hash = IsUnreserved((char)code) ? Add(hash, (char)code) : Add(Add(hash, '%'), (char)(code + 256));
                at += 2;
                continue;
            }

            hash = Add(hash, target[at]);
        }

        return hash;
    }

    /// <summary>The hash of a path and query that stands for itself, in its normal form. It meets no URI's but by chance: those begin with a scheme.</summary>
    public static uint HashOf(ReadOnlySpan<char> target) => Add(HashStart, target);

    /// <summary>Whether a character is the same escaped and as it is (RFC 3986, 2.3).</summary>
    public static bool IsUnreserved(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~';

    static uint Add(uint hash, ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            hash = Add(hash, c);
        }

        return hash;
    }

    static uint Add(uint hash, char c) => (hash ^ c) * HashFactor;
}
