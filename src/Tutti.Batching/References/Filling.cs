using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Tutti.Batching.References;

/// <summary>Puts values where references stand.</summary>
internal static class Filling
{
    /// <summary>
    /// A url. What stands at its very beginning is a url itself; everywhere else a value is escaped, so that it never becomes more than one
    /// segment of a path or one value of a query.
    /// </summary>
    public static string? Url(TextTemplate template, AnswerValues values, out string? fault)
    {
        var url = new StringBuilder();
        for (var i = 0; i < template.Pieces.Count; i++)
        {
            if (template.Pieces[i] is string text)
            {
                url.Append(text);
            }
            else if (values.Text((Reference)template.Pieces[i], out fault) is { } value)
            {
                url.Append(i == 0 ? value : Uri.EscapeDataString(value));
            }
            else
            {
                return null;
            }
        }

        fault = HasDotSegment(url.ToString(), template) ? "A value makes '.' or '..' a segment of the path" : null;
        return fault is null ? url.ToString() : null;
    }

    public static string? Text(TextTemplate template, AnswerValues values, out string? fault)
    {
        fault = null;
        var filled = new StringBuilder();
        foreach (var piece in template.Pieces)
        {
            var text = piece as string ?? values.Text((Reference)piece, out fault);
            if (text is null)
            {
                return null;
            }

            filled.Append(text);
        }

        return filled.ToString();
    }

    /// <summary>A body. A string that is nothing but a reference becomes the value itself; a number stays a number.</summary>
    public static byte[]? Body(BodyTemplate template, AnswerValues values, out string? fault)
    {
        fault = null;
        var body = new ArrayBufferWriter<byte>(template.Json.Length + 64);
        var from = 0;
        foreach (var (start, end, text) in template.Holes)
        {
            body.Write(template.Json.Span[from..start]);
            var value = text.Whole is { } whole ? values.Json(whole, out fault)
                : Text(text, values, out fault) is { } filled ? JsonSerializer.SerializeToUtf8Bytes(filled, TextJson.Default.String)
                : (ReadOnlyMemory<byte>?)null;
            if (value is null)
            {
                return null;
            }

            body.Write(value.Value.Span);
            from = end;
        }

        body.Write(template.Json.Span[from..]);
        return body.WrittenSpan.ToArray();
    }

    /// <summary>Whether there is a dot segment in the path; one that the sender wrote is no business of ours.</summary>
    static bool HasDotSegment(string url, TextTemplate template)
    {
        var path = url.Split('?')[0];
        return path.Split('/').Any(IsDots) && !string.Concat(template.Pieces.Select(piece => piece as string ?? "x")).Split('?')[0].Split('/').Any(IsDots);
    }

    static bool IsDots(string segment) => segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is "." or "..";
}
