using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Rules.Verdicts;

namespace Tutti.Gateway.Caching.Rules;

/// <summary>Asks a backend whether a stored response is still good (RFC 9111, 4.3.1), and answers clients who ask the same (4.3.2).</summary>
internal static class ValidationRules
{
    /// <summary>The fields of a client's request that say what to do with a response it has, and that are not sent with conditions of our own.</summary>
    public static IReadOnlyList<string> ClientConditions { get; } = ["If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since", "If-Range", "Range"];

    /// <summary>What a 304 tells beside its status (RFC 9110, 15.4.5).</summary>
    static readonly string[] OfNotModified =
        ["Cache-Control", "CDN-Cache-Control", "Content-Location", "Date", "ETag", "Expires", "Vary"];

    public static Conditions ConditionsOf(in StoredPolicy stored) =>
        new(stored.ETag, stored.HasLastModified ? HttpDate.Write(DateTimeOffset.FromUnixTimeSeconds(stored.LastModified)) : null);

    /// <summary>
    /// Answers from a stored response that may be used. The order is that of RFC 9110, 13.2.2: conditions for the origin,
    /// <c>If-None-Match</c>, without it <c>If-Modified-Since</c>, then <c>Range</c> under <c>If-Range</c>.
    /// </summary>
    /// <param name="stored">What was kept of the stored response.</param>
    /// <param name="request">The request to answer.</param>
    /// <param name="length">The bytes of the stored body.</param>
    /// <param name="now">The time by which years of two digits are read.</param>
    /// <param name="range">The bytes to send, where only a part is sent.</param>
    public static ClientAnswer Answer(in StoredPolicy stored, in CacheRequest request, long length, DateTimeOffset now, out ByteRange range)
    {
        range = default;
        var fields = request.Fields;
        if (fields.Has("If-Match") || fields.Has("If-Unmodified-Since"))
        {
            return ClientAnswer.Forward;
        }

        // Conditions count only where the answer without them is a success (RFC 9110, 13.2.1).
        if (stored.Status is < 200 or > 299)
        {
            return ClientAnswer.Whole;
        }

        if (IsNotModified(stored, fields, now))
        {
            return ClientAnswer.NotModified;
        }

        return request.Method == "GET" && stored.Status == 200 && fields.Joined("Range") is { } wanted && IsRangeFor(stored, fields, now)
            ? ByteRange.Resolve(wanted, length, out range)
            : ClientAnswer.Whole;
    }

    /// <summary>The fields of a 304 made of a stored response; Last-Modified only where there is no tag to go by.</summary>
    public static HeaderFields NotModifiedFields(HeaderFields stored)
    {
        var hasTag = stored.Has("ETag");
        var kept = new List<HeaderField>();
        foreach (var line in stored.Lines)
        {
            if (OfNotModified.Contains(line.Name, StringComparer.OrdinalIgnoreCase) || (!hasTag && line.Is("Last-Modified")))
            {
                kept.Add(line);
            }
        }

        return new HeaderFields([.. kept]);
    }

    static bool IsNotModified(in StoredPolicy stored, HeaderFields request, DateTimeOffset now)
    {
        if (request.Joined("If-None-Match") is { } tags)
        {
            return EntityTags.AnyWeakEquals(tags, stored.ETag);
        }

        var changed = stored.HasLastModified ? stored.LastModified : stored.Date;
        return HttpDate.Parse(request.Joined("If-Modified-Since"), now) is { } since && changed <= since.ToUnixTimeSeconds();
    }

    /// <summary>A range is for this response unless <c>If-Range</c> names another one, by strong comparison (RFC 9110, 13.1.5).</summary>
    static bool IsRangeFor(in StoredPolicy stored, HeaderFields request, DateTimeOffset now)
    {
        if (request.Joined("If-Range") is not { } validator)
        {
            return true;
        }

        if (EntityTags.Parse(validator) is { } tag)
        {
            return stored.ETag is not null && EntityTags.StrongEquals(tag, stored.ETag);
        }

        // A date is strong where the response was made at least a second after its last change (RFC 9110, 8.8.2.2).
        return HttpDate.Parse(validator, now) is { } date && stored.LastModified == date.ToUnixTimeSeconds() && stored.Date > stored.LastModified;
    }
}
