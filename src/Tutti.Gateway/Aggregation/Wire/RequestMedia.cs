using System.Buffers;
using System.Text;
using Microsoft.Net.Http.Headers;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Aggregation.Wire;

/// <summary>Judges the media type, charset and coding of a JSON request.</summary>
internal static class RequestMedia
{
    /// <summary>Why the request's media is not accepted; null if it is.</summary>
    public static string? Refuse(HttpRequest request)
    {
        if (RefuseCoding(request) is { } coding)
        {
            return coding;
        }

        // The usual spelling needs no parsing.
        if (request.ContentType is "application/json" or "application/json; charset=utf-8")
        {
            return null;
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType.Value?.ToLowerInvariant() is not ("application/json" or "text/json"))
        {
            return "Expecting text/json or application/json body";
        }

        return type.Charset.HasValue && Charset.Find(type.Charset.Value.Trim('"')) is null ? $"The charset is unknown: {CharsetNames}" : null;
    }

    /// <summary>Why the request's content coding is not accepted; null if it has none.</summary>
    public static string? RefuseCoding(HttpRequest request) =>
        request.Headers.ContentEncoding.Count > 0
        && request.Headers.ContentEncoding.ToString() is { Length: > 0 } coding
        && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)
            ? "Requests must not be compressed: leave Content-Encoding out"
            : null;

    /// <summary>The body as UTF-8, transcoded where its charset is another one; invalid text becomes what no JSON is.</summary>
    public static ReadOnlySequence<byte> ToUtf8(HttpRequest request, ReadOnlySequence<byte> body)
    {
        if (request.ContentType is not { } type || type.IndexOf("charset", StringComparison.OrdinalIgnoreCase) < 0)
        {
            return body;
        }

        var charset = MediaTypeHeaderValue.TryParse(type, out var parsed) && parsed.Charset.HasValue ? Charset.Find(parsed.Charset.Value.Trim('"')) : null;
        return charset is null || charset.CodePage == Encoding.UTF8.CodePage || charset.CodePage == Encoding.ASCII.CodePage ? body : Transcode(body.ToArray(), charset);
    }

    static ReadOnlySequence<byte> Transcode(ReadOnlySpan<byte> body, Encoding charset)
    {
        var encoding = Charset.ByMark(charset, ref body);
        return new ReadOnlySequence<byte>(Encoding.Convert(Lenient(encoding), Encoding.UTF8, body.ToArray()));
    }

    /// <summary>UTF-8 without the mark that some editors and libraries put before it.</summary>
    public static ReadOnlySequence<byte> WithoutByteOrderMark(ReadOnlySequence<byte> utf8)
    {
        Span<byte> start = stackalloc byte[3];
        if (utf8.Length < 3)
        {
            return utf8;
        }

        utf8.Slice(0, 3).CopyTo(start);
        return start.SequenceEqual(Encoding.UTF8.Preamble) ? utf8.Slice(3) : utf8;
    }

    const string CharsetNames = "UTF-8 is the one of JSON (RFC 8259, 8.1)";

    static Encoding Lenient(Encoding strict)
    {
        var lenient = (Encoding)strict.Clone();
        lenient.DecoderFallback = DecoderFallback.ReplacementFallback;
        return lenient;
    }
}
