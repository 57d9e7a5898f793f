using System.Collections.Concurrent;

namespace Tutti.Gateway.Calls;

/// <summary>A media type and its charset, cut out of a <c>Content-Type</c> header.</summary>
internal sealed record ContentType(string MimeType, string? Charset)
{
    /// <summary>Backends send a handful of different headers; whoever sends more is parsed each time.</summary>
    const int MostKnown = 256;

    static readonly ConcurrentDictionary<string, ContentType> Known = new(StringComparer.Ordinal);
    static int _known;

    /// <summary>What Octoparts reports where a backend declares nothing (behaviour 38).</summary>
    public static ContentType Undeclared { get; } = new("text/plain", "ISO-8859-1");

    /// <summary>The parsed header, made once for those that recur.</summary>
    public static ContentType Of(string header)
    {
        if (Known.TryGetValue(header, out var known))
        {
            return known;
        }

        var type = Parse(header);
        if (Volatile.Read(ref _known) < MostKnown && Known.TryAdd(header, type))
        {
            Interlocked.Increment(ref _known);
        }

        return type;
    }

    public static ContentType Parse(string header)
    {
        var pieces = header.AsSpan();
        var type = NextPiece(ref pieces).Trim().ToString();
        if (type.Length == 0)
        {
            return Undeclared;
        }

        while (!pieces.IsEmpty)
        {
            var parameter = NextPiece(ref pieces).Trim();
            var equals = parameter.IndexOf('=');
            if (equals > 0 && parameter[..equals].Trim().Equals("charset", StringComparison.OrdinalIgnoreCase)
                && parameter[(equals + 1)..].Trim().Trim('"') is { IsEmpty: false } charset)
            {
                return new ContentType(type, charset.ToString());
            }
        }

        return new ContentType(type, null);
    }

    /// <summary>Cuts off what stands before the next semicolon; one inside quotes separates nothing (RFC 9110, 5.6.6).</summary>
    static ReadOnlySpan<char> NextPiece(ref ReadOnlySpan<char> rest)
    {
        var isQuoted = false;
        for (var i = 0; i < rest.Length; i++)
        {
            isQuoted ^= rest[i] == '"';
            if (rest[i] == ';' && !isQuoted)
            {
                var piece = rest[..i];
                rest = rest[(i + 1)..];
                return piece;
            }
        }

        var last = rest;
        rest = [];
        return last;
    }
}
