using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;
using Tutti.Batching.Dispatch;
using Tutti.Batching.Reading;

namespace Tutti.Batching.Answering;

/// <summary>Writes the body of an answer as a JSON value: JSON as it is, text as a string, all else as base64.</summary>
internal static class AnswerBody
{
    const int MaxSentence = 1_024;

    public static bool IsJson(CallResponse response, int maxDepth) => Media.IsJson(TypeOf(response)) && IsJson(response.Written.Written.Span, maxDepth);

    public static void Write(Utf8JsonWriter json, CallResponse response, BatchDialect dialect, int maxDepth)
    {
        var body = response.Written.Written.Span;
        var type = TypeOf(response);
        if (response.Headers.ContentEncoding.Count > 0 || !(Media.IsJson(type) || Media.IsText(type, dialect)))
        {
            WriteBytes(json, body, dialect);
        }
        else if (Media.CharsetOf(type) is { } charset)
        {
            WriteText(json, Encoding.UTF8.GetBytes(charset.GetString(body)), Media.IsJson(type), maxDepth);
        }
        else
        {
            WriteText(json, body.StartsWith(Encoding.UTF8.Preamble) ? body[3..] : body, Media.IsJson(type), maxDepth);
        }
    }

    /// <summary>Whether an empty body is a text without characters, not the absence of one.</summary>
    public static bool IsEmptyText(CallResponse response) => TypeOf(response) is { Length: > 0 } type && Media.IsText(type) && response.StatusCode != StatusCodes.Status204NoContent;

    /// <summary>A plain text that is short enough to be the sentence of a problem; empty if it is none.</summary>
    public static string ShortText(CallResponse response)
    {
        var body = response.Written.Written.Span;
        return Media.IsText(TypeOf(response)) && !Media.IsHtml(TypeOf(response)) && body.Length <= MaxSentence && Utf8.IsValid(body) ? Encoding.UTF8.GetString(body) : "";
    }

    static void WriteBytes(Utf8JsonWriter json, ReadOnlySpan<byte> bytes, BatchDialect dialect)
    {
        if (dialect == BatchDialect.OData)
        {
            // In the alphabet for urls, padded: it may be, and Microsoft's reader asks for it.
            json.WriteStringValue(Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_'));
        }
        else
        {
            json.WriteBase64StringValue(bytes);
        }
    }

    static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> text, bool isJson, int maxDepth)
    {
        if (isJson && IsJson(text, maxDepth))
        {
            json.WriteRawValue(text, skipInputValidation: true);
        }
        else if (Utf8.IsValid(text))
        {
            json.WriteStringValue(text);
        }
        else
        {
            json.WriteBase64StringValue(text);
        }
    }

    /// <summary>Whether the bytes are one JSON value that can stand inside another.</summary>
    static bool IsJson(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth });
            while (reader.Read())
            {
            }

            // The reader looks at what stands between the quotes for escapes only.
            return reader.BytesConsumed > 0 && Utf8.IsValid(utf8);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    static string? TypeOf(CallResponse response) => response.Headers[HeaderNames.ContentType];
}
