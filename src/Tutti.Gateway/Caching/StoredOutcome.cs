using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Caching;

/// <summary>Turns what a fetch came to, or a stored answer, into the outcome of a call.</summary>
internal static class StoredOutcome
{
    public static PartOutcome Of(CacheAnswer answer, PartModel part) => answer.Failure ?? Of(answer.Entry!, part, answer.IsFromCache);

    public static PartOutcome Of(CacheEntry entry, PartModel part, bool isFromCache)
    {
        var body = entry.Has(EntryTraits.IsUtf8) ? BodyResult.Read(TextBody.Over(entry.Body))
            : entry.Has(EntryTraits.HasBody) ? BodyReader.TextOf(entry.Body, entry.Type, part)
            : default;
        return body.Failure ?? new PartOutcome
        {
            Status = entry.Numbers.Status,
            Reason = entry.Reason,
            Type = entry.Type,
            Body = body.Body,
            StoredControl = ControlOf(entry),
            SetCookies = CookiesOf(entry) ?? [],
            IsFromCache = isFromCache,
        };
    }

    /// <summary>What the backend named to validate the answer by.</summary>
    public static (string? ETag, string? LastModified) ValidatorsOf(CacheEntry entry)
    {
        string? etag = null, modified = null;
        var head = new HeadReader(entry.Head);
        while (head.Next())
        {
            etag = head.Name == "ETag" ? head.Value : etag;
            modified = head.Name == "Last-Modified" ? head.Value : modified;
        }

        return (etag, modified);
    }

    /// <summary>The rules of caching in Octoparts' words.</summary>
    static CacheControl ControlOf(CacheEntry entry)
    {
        var (etag, modified) = ValidatorsOf(entry);
        var expiresAt = entry.ExpiresAt == 0 ? default(long?) : entry.ExpiresAt;
        return new CacheControl(entry.Has(EntryTraits.SaidNoStore), entry.Has(EntryTraits.SaidNoCache), expiresAt, etag, modified);
    }

    /// <summary>An answer that has cookies is not stored, but those who fetched it get them.</summary>
    static List<string>? CookiesOf(CacheEntry entry)
    {
        List<string>? cookies = null;
        var head = new HeadReader(entry.Head);
        while (head.Next())
        {
            if (head.Name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase))
            {
                (cookies ??= []).Add(head.Value);
            }
        }

        return cookies;
    }
}
