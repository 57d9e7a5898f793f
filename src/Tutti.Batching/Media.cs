using System.Text;
using Microsoft.Net.Http.Headers;
using Tutti.Batching.Reading;

namespace Tutti.Batching;

/// <summary>Which bodies are JSON, which are text, and in which charset.</summary>
internal static class Media
{
    static readonly string[] TextTypes =
    [
        "application/xml", "application/javascript", "application/ecmascript", "application/x-www-form-urlencoded", "application/x-ndjson",
        "application/yaml", "application/graphql", "application/sql", "image/svg+xml",
    ];

    public static bool IsJson(string? type)
    {
        var bare = Bare(type);
        return bare.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || bare.Equals("text/json", StringComparison.OrdinalIgnoreCase)
            || bare.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Text, or of no type at all: then it is text if it can be read as such.</summary>
    public static bool IsText(string? type)
    {
        var bare = Bare(type);
        return bare.Length == 0
            || bare.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || bare.EndsWith("+xml", StringComparison.OrdinalIgnoreCase)
            || Contains(bare);
    }

    /// <summary>Whether a body of this type is a string in a batch of this dialect; all else that is not JSON is base64.</summary>
    public static bool IsText(string? type, BatchDialect dialect) => dialect switch
    {
        BatchDialect.Graph => false,
        BatchDialect.OData => Bare(type).IsEmpty || Bare(type).StartsWith("text/", StringComparison.OrdinalIgnoreCase),
        _ => IsText(type),
    };

    public static bool IsHtml(string? type) => Bare(type).Equals("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>The charset, where it is another than UTF-8 and known.</summary>
    public static Encoding? CharsetOf(string? type)
    {
        if (type is null || !type.Contains("charset", StringComparison.OrdinalIgnoreCase) || !MediaTypeHeaderValue.TryParse(type, out var parsed))
        {
            return null;
        }

        var name = HeaderUtilities.RemoveQuotes(parsed.Charset).ToString();
        return name.ToLowerInvariant() switch
        {
            "iso-8859-1" or "latin1" => Encoding.Latin1,
            "utf-16" or "utf-16le" => Encoding.Unicode,
            "utf-16be" => Encoding.BigEndianUnicode,
            "utf-32" => Encoding.UTF32,
            _ => null,
        };
    }

    static ReadOnlySpan<char> Bare(string? type)
    {
        var end = type.AsSpan().IndexOf(';');
        return (end < 0 ? type.AsSpan() : type.AsSpan(0, end)).Trim();
    }

    static bool Contains(ReadOnlySpan<char> bare)
    {
        foreach (var type in TextTypes)
        {
            if (bare.Equals(type, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
