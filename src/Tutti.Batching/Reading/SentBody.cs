using System.Buffers.Text;
using System.Text;

namespace Tutti.Batching.Reading;

/// <summary>Reads the body of a request as its type says: JSON as it is, text and base64 out of a JSON string.</summary>
internal static class SentBody
{
    /// <returns>Null where it is written in another way than its type asks for; how is told.</returns>
    public static ReadOnlyMemory<byte>? Read(ReadOnlyMemory<byte> json, string type, BatchDialect dialect, out string? fault)
    {
        fault = null;
        if (Media.IsJson(type))
        {
            return json;
        }

        if (JsonText.Read(json.Span) is not { } text)
        {
            fault = $"A body as {type} is written as a string";
            return null;
        }

        if (Media.IsText(type, dialect))
        {
            return (Media.CharsetOf(type) ?? Encoding.UTF8).GetBytes(text);
        }

        if (Decode(text) is { } bytes)
        {
            return bytes;
        }

        fault = $"A body as {type} is written as base64";
        return null;
    }

    /// <summary>Both alphabets, with and without padding (RFC 4648).</summary>
    static byte[]? Decode(string text)
    {
        var url = text.Replace('+', '-').Replace('/', '_');
        return Base64Url.IsValid(url) ? Base64Url.DecodeFromChars(url) : null;
    }
}
