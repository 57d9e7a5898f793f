namespace Tutti.Gateway.Calls;

/// <summary>A media type and its charset, cut out of a <c>Content-Type</c> header.</summary>
internal readonly record struct ContentType(string MimeType, string? Charset)
{
    /// <summary>What Octoparts reports where a backend declares nothing (behaviour 38).</summary>
    public static ContentType Undeclared { get; } = new("text/plain", "ISO-8859-1");

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
