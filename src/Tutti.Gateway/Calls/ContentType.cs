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
        var semicolon = header.IndexOf(';', StringComparison.Ordinal);
        if (semicolon < 0)
        {
            return new ContentType(header.Trim(), null);
        }

        foreach (var range in header.AsSpan(semicolon + 1).Split(';'))
        {
            var parameter = header.AsSpan(semicolon + 1)[range].Trim();
            if (parameter.StartsWith("charset=", StringComparison.OrdinalIgnoreCase))
            {
                return new ContentType(header[..semicolon].Trim(), parameter[8..].Trim().Trim('"').ToString());
            }
        }

        return new ContentType(header[..semicolon].Trim(), null);
    }
}
