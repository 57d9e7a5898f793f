using System.Buffers;
using System.Globalization;
using System.Text;
using Tutti.Batching.Dispatch;

namespace Tutti.Batching.Reading;

/// <summary>
/// Reads the url of a request as the server would read the request line: decoded once, dot segments taken out, <c>%2F</c> kept. It can name
/// a path of this host and nothing else.
/// </summary>
internal static class CallUrl
{
    static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~/$&'()*+,;=:@!?[]|.");
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool TryRead(string url, BatchOrigin origin, out CallTarget target, out string? fault)
    {
        target = default;
        fault = FaultOf(url);
        if (fault is not null || PathOf(url, origin, out fault) is not { } whole)
        {
            return false;
        }

        var escaped = Escape(whole);
        var mark = escaped.IndexOf('?', StringComparison.Ordinal);
        var query = mark < 0 ? "" : escaped[mark..];
        var path = WithoutDots(Decode(mark < 0 ? escaped : escaped[..mark]));
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            fault = "The url holds an encoded NUL";
            return false;
        }

        if (origin.PathBase.Length > 0 && new PathString(path).StartsWithSegments(origin.PathBase, out var rest))
        {
            path = rest.HasValue ? rest.Value! : "/";
        }

        target = new CallTarget(path, query.Length == 1 ? "" : query, escaped);
        return true;
    }

    static string? FaultOf(string url) =>
        url.Length == 0 ? "The url is empty"
        : url.AsSpan().ContainsAnyInRange('\0', '\x1f') || url.Contains('\x7f', StringComparison.Ordinal) ? "The url holds a control character"
        : null;

    /// <summary>The absolute path and query that the url means.</summary>
    static string? PathOf(string url, BatchOrigin origin, out string? fault)
    {
        fault = null;
        if (AuthorityOf(url, out var scheme, out var rest) is { } authority)
        {
            if (!authority.Equals(origin.Host, StringComparison.OrdinalIgnoreCase) || (scheme.Length > 0 && !scheme.Equals(origin.Scheme, StringComparison.OrdinalIgnoreCase)))
            {
                fault = $"The url leads to another place than {origin.Scheme}://{origin.Host}: a batch asks this server alone";
                return null;
            }

            return rest.Length == 0 || rest[0] == '?' ? $"/{rest}" : rest;
        }

        if (url[0] != '/')
        {
            return $"{origin.Folder}{url}";
        }

        return origin.IsServiceRoot && !url.StartsWith(origin.Folder, StringComparison.OrdinalIgnoreCase) ? $"{origin.Folder}{url.AsSpan(1)}" : url;
    }

    static string? AuthorityOf(string url, out ReadOnlySpan<char> scheme, out string rest)
    {
        scheme = default;
        rest = url;
        var colon = url.AsSpan().IndexOfAny(':', '/', '?');
        var start = url.StartsWith("//", StringComparison.Ordinal) ? 2
            : colon > 0 && url.AsSpan(colon).StartsWith("://") ? colon + 3
            : -1;
        if (start < 0)
        {
            return null;
        }

        scheme = start > 2 ? url.AsSpan(0, colon) : default;
        var end = url.AsSpan(start).IndexOfAny('/', '?', '\\');
        rest = end < 0 ? "" : url[(start + end)..];
        return end < 0 ? url[start..] : url[start..(start + end)];
    }

    /// <summary>What may not stand in a request line is encoded; what is encoded already stays.</summary>
    static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (Plain.Contains(text[i]) || (text[i] == '%' && IsEncoded(text, i)))
            {
                escaped.Append(text[i]);
            }
            else if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                escaped.Append(Uri.EscapeDataString(text.AsSpan(i++, 2)));
            }
            else
            {
                escaped.Append(Uri.EscapeDataString(text.AsSpan(i, 1)));
            }
        }

        return escaped.ToString();
    }

    static bool IsEncoded(string text, int at) => at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]);

    static string Decode(string path)
    {
        if (!path.Contains('%', StringComparison.Ordinal))
        {
            return path;
        }

        var decoded = new StringBuilder(path.Length);
        var bytes = new List<byte>();
        for (var i = 0; i < path.Length;)
        {
            var from = i;
            for (; i < path.Length && path[i] == '%' && !path.AsSpan(i).StartsWith("%2F", StringComparison.OrdinalIgnoreCase); i += 3)
            {
                bytes.Add(byte.Parse(path.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            }

            decoded.Append(Text(bytes) ?? path[from..i]);
            bytes.Clear();
            for (; i < path.Length && (path[i] != '%' || path.AsSpan(i).StartsWith("%2F", StringComparison.OrdinalIgnoreCase)); i++)
            {
                decoded.Append(path[i]);
            }
        }

        return decoded.ToString();
    }

    /// <summary>Null for bytes that are no text: they stay encoded.</summary>
    static string? Text(List<byte> bytes)
    {
        try
        {
            return Strict.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>RFC 3986, 5.2.4.</summary>
    static string WithoutDots(string path)
    {
        if (!path.Contains("/.", StringComparison.Ordinal))
        {
            return path;
        }

        var kept = new List<string>();
        var segments = path.Split('/');
        for (var i = 1; i < segments.Length; i++)
        {
            var isLast = i == segments.Length - 1;
            if (segments[i] is "." or "..")
            {
                if (segments[i] == ".." && kept.Count > 0)
                {
                    kept.RemoveAt(kept.Count - 1);
                }

                if (isLast)
                {
                    kept.Add("");
                }
            }
            else
            {
                kept.Add(segments[i]);
            }
        }

        return $"/{string.Join('/', kept)}";
    }
}
