using System.Globalization;
using System.Text;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Rules.Verdicts;
using Tutti.Gateway.ProxyCache.Entries;

namespace Tutti.Gateway.ProxyCache.Answering;

/// <summary>Several ranges of one stored answer, as <c>multipart/byteranges</c> (RFC 9110, 14.6).</summary>
/// <param name="Type">The media type with its boundary.</param>
internal sealed record MultiRange(string Type, ReadOnlyMemory<byte> Body)
{
    /// <summary>So many ranges are answered; a request for more gets the whole, as one that overlaps: it could cost more than that (RFC 9110, 17.15).</summary>
    const int Most = 16;

    /// <summary>The ranges that a client asks for; null where it asks for no more than one, or for what is not answered in parts.</summary>
    public static MultiRange? Of(CacheCall call, StoredAnswer stored)
    {
        if (call.IsHead || stored.Policy.Status != 200 || call.Fields.Joined("Range") is not { } wanted || !wanted.Contains(',', StringComparison.Ordinal)
            || call.Fields.Has("If-Range"))
        {
            return null;
        }

        return RangesOf(wanted, stored.Body.Length) is { Count: > 0 } ranges ? Write(ranges, stored) : null;
    }

    /// <summary>The ranges that can be answered; null where one cannot be read, or they are not worth it.</summary>
    static List<ByteRange>? RangesOf(string wanted, long length)
    {
        var equals = wanted.IndexOf('=', StringComparison.Ordinal);
        var ranges = new List<ByteRange>();
        foreach (var one in wanted[(equals + 1)..].Split(','))
        {
            var answer = ByteRange.Resolve($"{wanted.AsSpan(0, equals + 1)}{one}", length, out var range);
            if (answer == ClientAnswer.Part && ranges.Count < Most && !ranges.Exists(other => other.First <= range.Last && range.First <= other.Last))
            {
                ranges.Add(range);
            }
            else if (answer != ClientAnswer.RangeNotSatisfiable)
            {
                return null;
            }
        }

        return ranges;
    }

    static MultiRange Write(List<ByteRange> ranges, StoredAnswer stored)
    {
        var boundary = $"tutti-{Guid.NewGuid():n}";
        var type = stored.Fields.First("Content-Type");
        using var body = new MemoryStream();
        foreach (var range in ranges)
        {
            Text(body, $"\r\n--{boundary}\r\n");
            Text(body, type is null ? "" : $"Content-Type: {type}\r\n");
            Text(body, $"Content-Range: {range.ContentRange(stored.Body.Length)}\r\n\r\n");
            body.Write(stored.Body.Span.Slice((int)range.First, (int)(range.Last - range.First + 1)));
        }

        Text(body, $"\r\n--{boundary}--\r\n");
        return new MultiRange($"multipart/byteranges; boundary={boundary}", body.ToArray());
    }

    static void Text(MemoryStream body, string text) => body.Write(Encoding.Latin1.GetBytes(text));
}
