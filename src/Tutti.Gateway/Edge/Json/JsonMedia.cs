using Microsoft.Net.Http.Headers;

namespace Tutti.Gateway.Edge.Json;

/// <summary>What a request says of its body.</summary>
internal static class JsonMedia
{
    public const string Type = "application/json";

    /// <summary>Whether it says that it is JSON (RFC 8259, 11; RFC 6839, 3.1).</summary>
    public static bool IsJson(string? contentType) => MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals(Type, StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether its text is what JSON between systems is written in (RFC 8259, 8.1).</summary>
    public static bool IsUtf8(string? contentType) => MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Charset).Equals("us-ascii", StringComparison.OrdinalIgnoreCase));

    public static bool IsCoded(IHeaderDictionary headers) =>
        headers.ContentEncoding.Count > 0 && !headers.ContentEncoding.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase);
}
