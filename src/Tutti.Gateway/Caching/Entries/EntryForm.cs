using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Rules.Verdicts;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Caching.Entries;

/// <summary>Makes entries of answers.</summary>
internal static class EntryForm
{
    /// <summary>An entry of an answer, whether it will be stored or only handed to those who wait for it.</summary>
    /// <param name="head">What is kept of its header.</param>
    public static CacheEntry Make(in EntryOrigin origin, PartModel part, HeaderFields head, PartVerdict verdict, in AnswerFrame frame, ReadOnlySpan<byte> body)
    {
        var type = frame.HasBody ? TypeOf(head) : null;
        var writer = new ArrayBufferWriter<byte>(256);
        HeadWriter.Write(head, writer);
        byte[] bytes = [.. origin.Key, .. writer.WrittenSpan, .. body];
        return new CacheEntry(new EntryIdentity(origin.Part, origin.Key).Hash, bytes, origin.Key.Length, writer.WrittenCount, type, frame.Reason)
        {
            Part = origin.Part,
            Sequence = origin.Sequence,
            UriHash = origin.UriHash,
            StoredAt = origin.StoredAt,
            KeptUntil = origin.StoredAt + (verdict.KeepFor * origin.TicksPerSecond),
            ExpiresAt = ExpiresAt(head, origin.ReceivedAt),
            Numbers = EntryNumbers.Of(verdict.Policy, frame.Status, TraitsOf(head, part, verdict, type, frame.HasBody, body)),
        };
    }

    /// <summary>The note that answers to this key are not shared.</summary>
    public static CacheEntry Unshared(in EntryOrigin origin, long keptUntil) =>
        new(new EntryIdentity(origin.Part, origin.Key).Hash, [.. origin.Key], origin.Key.Length, 0)
        {
            Part = origin.Part,
            Sequence = origin.Sequence,
            UriHash = origin.UriHash,
            StoredAt = origin.StoredAt,
            KeptUntil = keptUntil,
            Numbers = new() { Traits = EntryTraits.IsUnshared },
        };

    static EntryTraits TraitsOf(HeaderFields head, PartModel part, PartVerdict verdict, ContentType? type, bool hasBody, ReadOnlySpan<byte> body) =>
        (hasBody ? EntryTraits.HasBody : 0)
        | (type is not null && IsUtf8(type, part) && Utf8.IsValid(body) ? EntryTraits.IsUtf8 : 0)
        | (head.Has("Cache-Groups") ? EntryTraits.HasGroups : 0)
        | (verdict.Policy.HasValidator ? EntryTraits.HasValidator : 0)
        | (CommaList.Contains(head.Joined("Cache-Control"), "no-cache") ? EntryTraits.SaidNoCache : 0)
        | (verdict.Refusal == NotStored.NoStore ? EntryTraits.SaidNoStore : 0);

    static bool IsUtf8(ContentType type, PartModel part) =>
        (type.Charset is null || ReferenceEquals(type, ContentType.Undeclared) ? part.DefaultEncoding : Charset.Find(type.Charset))?.CodePage == Encoding.UTF8.CodePage;

    static ContentType TypeOf(HeaderFields head) => head.First("Content-Type") is { } declared ? ContentType.Of(declared) : ContentType.Undeclared;

    /// <summary>Octoparts tells the end of <c>max-age</c> and of nothing else.</summary>
    static long ExpiresAt(HeaderFields head, DateTimeOffset receivedAt)
    {
        foreach (var member in new CommaList(head.Joined("Cache-Control")))
        {
            if (member.StartsWith("max-age=", StringComparison.OrdinalIgnoreCase) && uint.TryParse(member[8..].Trim('"'), out var seconds))
            {
                return receivedAt.AddSeconds(Math.Min(seconds, int.MaxValue)).ToUnixTimeMilliseconds();
            }
        }

        return 0;
    }
}
