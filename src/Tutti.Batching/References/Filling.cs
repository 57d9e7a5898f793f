using System.Buffers;
using System.Text;
using System.Text.Json;
using Tutti.Batching.Dispatch;

namespace Tutti.Batching.References;

/// <summary>Puts values where references stand, as far as there is room: a short text can name a long value very often.</summary>
/// <param name="most">The longest url and header.</param>
/// <param name="mostBytes">The largest body.</param>
internal sealed class Filling(AnswerValues values, int most, int mostBytes)
{
    /// <summary>
    /// A url. What stands at its very beginning is a url itself; everywhere else a value is escaped, so that it never becomes more than one
    /// segment of a path or one value of a query.
    /// </summary>
    public string? Url(TextTemplate template, out CallProblem? problem)
    {
        var url = Join(template, isUrl: true, most, FillProblem.UrlTooLong, out problem);
        if (url is null || !HasDotSegment(url, template))
        {
            return url;
        }

        problem = FillProblem.Missing("A value makes '.' or '..' a segment of the path");
        return null;
    }

    public string? Header(TextTemplate template, out CallProblem? problem) => Join(template, isUrl: false, most, FillProblem.HeaderTooLong, out problem);

    /// <summary>A body. A string that is nothing but a reference becomes the value itself; a number stays a number.</summary>
    public byte[]? Body(BodyTemplate template, out CallProblem? problem)
    {
        problem = null;
        var body = new ArrayBufferWriter<byte>(template.Json.Length + 64);
        var from = 0;
        foreach (var (start, end, text) in template.Holes)
        {
            body.Write(template.Json.Span[from..start]);
            if (ValueOf(text, out problem) is not { } value)
            {
                return null;
            }

            if (body.WrittenCount + value.Length > mostBytes)
            {
                problem = FillProblem.BodyTooLarge(mostBytes);
                return null;
            }

            body.Write(value.Span);
            from = end;
        }

        body.Write(template.Json.Span[from..]);
        return body.WrittenSpan.ToArray();
    }

    ReadOnlyMemory<byte>? ValueOf(TextTemplate text, out CallProblem? problem)
    {
        if (text.Whole is not { } whole)
        {
            var filled = Join(text, isUrl: false, mostBytes, FillProblem.BodyTooLarge, out problem);
            return filled is null ? default(ReadOnlyMemory<byte>?) : JsonSerializer.SerializeToUtf8Bytes(filled, TextJson.Default.String);
        }

        var value = values.Json(whole, out var fault);
        problem = value is null ? FillProblem.Missing(fault!) : values.Take(value.Value.Length);
        return problem is null ? value : default(ReadOnlyMemory<byte>?);
    }

    string? Join(TextTemplate template, bool isUrl, int limit, Func<int, CallProblem> tooLong, out CallProblem? problem)
    {
        problem = null;
        var joined = new StringBuilder();
        for (var i = 0; i < template.Pieces.Count; i++)
        {
            var piece = template.Pieces[i] as string ?? TextOf((Reference)template.Pieces[i], out problem);
            if (piece is null)
            {
                return null;
            }

            joined.Append(isUrl && i > 0 && template.Pieces[i] is Reference ? Uri.EscapeDataString(piece) : piece);
            if (joined.Length > limit)
            {
                problem = tooLong(limit);
                return null;
            }
        }

        return joined.ToString();
    }

    string? TextOf(Reference reference, out CallProblem? problem)
    {
        var text = values.Text(reference, out var fault);
        problem = text is null ? FillProblem.Missing(fault!) : values.Take(text.Length);
        return problem is null ? text : null;
    }

    /// <summary>Whether there is a dot segment in the path; one that the sender wrote is no business of ours.</summary>
    static bool HasDotSegment(string url, TextTemplate template) => PathHasDots(url) && !PathHasDots(string.Concat(template.Pieces.Select(piece => piece as string ?? "x")));

    static bool PathHasDots(string url) => url.Split('?')[0].Split('/').Any(segment => segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is "." or "..");
}
