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
        var body = entry.Has(EntryTraits.HasBody) ? BodyReader.TextOf(entry.Body, entry.Type, part) : default;
        return body.Failure ?? new PartOutcome
        {
            Status = entry.Numbers.Status,
            Reason = entry.Reason,
            Type = entry.Type,
            Body = body.Body,
            StoredControl = ControlOf(entry),
            IsFromCache = isFromCache,
        };
    }

    /// <summary>The rules of caching in Octoparts' words.</summary>
    static CacheControl ControlOf(CacheEntry entry)
    {
        string? etag = null, modified = null;
        var head = new HeadReader(entry.Head);
        while (head.Next())
        {
            etag = head.Name == "ETag" ? head.Value : etag;
            modified = head.Name == "Last-Modified" ? head.Value : modified;
        }

        return new CacheControl(entry.Has(EntryTraits.SaidNoStore), entry.Has(EntryTraits.SaidNoCache), entry.ExpiresAt == 0 ? null : entry.ExpiresAt, etag, modified);
    }
}
