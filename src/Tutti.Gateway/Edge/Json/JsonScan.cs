using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Tutti.Gateway.Edge.Json;

/// <summary>
/// Judges JSON as it comes (RFC 8259): one value, in UTF-8, without a byte order mark. Names that stand twice and halves of surrogate
/// pairs behind <c>\u</c> are allowed by its grammar, and here.
/// </summary>
internal sealed class JsonScan(int maxDepth)
{
    JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = maxDepth });
    int _read;
    int _next;

    /// <summary>Reads on.</summary>
    /// <param name="body">All that came so far.</param>
    /// <param name="isWhole">Whether nothing more comes.</param>
    public JsonFault? Read(ReadOnlySpan<byte> body, bool isWhole)
    {
        // What could not be judged the last time is read again only when it has doubled: else one long text, sent byte by byte, would be
        // read as often as it has bytes.
        if (!isWhole && body.Length < _next)
        {
            return null;
        }

        var reader = new Utf8JsonReader(body[_read..], isWhole, _state);
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException e)
        {
            return body.StartsWith("\ufeff"u8)
                ? new JsonFault("It begins with a byte order mark", 1, 1)
                : new JsonFault(Words(e), (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1);
        }

        _read += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        _next = body.Length + (body.Length - _read);
        return isWhole && !Utf8.IsValid(body) ? NoText(body) : null;
    }

    /// <summary>The reader takes texts as they are; a reader behind it may not.</summary>
    static JsonFault NoText(ReadOnlySpan<byte> body)
    {
        var (line, start, at) = (1, 0, 0);
        while (Rune.DecodeFromUtf8(body[at..], out var rune, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
            if (rune.Value == '\n')
            {
                (line, start) = (line + 1, at);
            }
        }

        return new JsonFault("It is not UTF-8", line, at - start + 1);
    }

    /// <summary>What the reader says, without the position that it adds in its own way, and without advice for its user.</summary>
    static string Words(JsonException e) => e.Message.Split(" LineNumber:")[0].Split(" Change the reader options")[0].TrimEnd('.');
}
