using System.Collections.Frozen;
using System.Globalization;
using Tutti.Gateway.Caching.Rules.Directives;
using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Rules.Storing;
using Tutti.Gateway.Caching.Rules.Verdicts;

namespace Tutti.Gateway.Caching.Rules;

/// <summary>Brings stored responses up to date: after a 304 (RFC 9111, 4.3.4) and after HEAD (4.3.5).</summary>
internal static class Freshening
{
    /// <summary>Fields that describe the bytes that are stored, not those of the update (RFC 9111, 3.2).</summary>
    static readonly FrozenSet<string> OfTheStoredBody =
        new[] { "Content-Length", "Content-Encoding", "Content-Range" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Marks the stored responses that a 304 freshens. Where it marks none, the 304 says nothing and the request is sent again without conditions.</summary>
    /// <returns>How many are marked.</returns>
    public static int Select(ReadOnlySpan<StoredPolicy> stored, in CacheExchange notModified, RuleSettings settings, Span<bool> selected)
    {
        selected.Clear();
        var tag = EntityTags.Parse(notModified.Response.First("ETag"));
        if (tag is not null && !EntityTags.IsWeak(tag))
        {
            return SelectAll(stored, tag, selected);
        }

        var modified = HttpDate.Parse(notModified.Response.First("Last-Modified"), notModified.ReceivedAt)?.ToUnixTimeSeconds();
        var chosen = tag is null && modified is null ? Bare(stored, settings) : Latest(stored, tag, modified);
        if (chosen < 0)
        {
            return 0;
        }

        selected[chosen] = true;
        return 1;
    }

    /// <param name="stored">The header that was kept.</param>
    /// <param name="status">The status that was kept.</param>
    /// <param name="update">The request that was sent, and the 304, or the answer to HEAD, that came.</param>
    /// <param name="settings">This cache's choices.</param>
    public static FreshenedResponse Freshen(HeaderFields stored, int status, in CacheExchange update, RuleSettings settings)
    {
        var merged = Merge(stored, update, settings);
        var verdict = StoreRules.Judge(update with { Method = "GET", Status = status, Response = merged }, settings);
        return new FreshenedResponse(StoredFields.Of(merged, update.ReceivedAt, settings), verdict);
    }

    /// <param name="stored">What was kept of a response to GET that the HEAD could have chosen.</param>
    /// <param name="length">The bytes of its body.</param>
    /// <param name="exchange">The HEAD that was sent, and its answer.</param>
    public static HeadEffect ByHead(in StoredPolicy stored, long length, in CacheExchange exchange)
    {
        if (exchange.Status != 200)
        {
            return HeadEffect.None;
        }

        var head = exchange.Response;
        var isSame = (head.First("ETag") is not { } tag || EntityTags.Parse(tag) == stored.ETag)
            && (head.First("Last-Modified") is not { } modified || ModifiedOf(modified, exchange.ReceivedAt) == stored.LastModified)
            && (head.First("Content-Length") is not { } told || (long.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes == length));
        return isSame ? HeadEffect.Update : HeadEffect.MakeInvalid;
    }

    static long ModifiedOf(string value, DateTimeOffset now) => HttpDate.Parse(value, now)?.ToUnixTimeSeconds() ?? StoredPolicy.NoDate;

    static int SelectAll(ReadOnlySpan<StoredPolicy> stored, string tag, Span<bool> selected)
    {
        var count = 0;
        for (var i = 0; i < stored.Length; i++)
        {
            selected[i] = stored[i].ETag is { } other && EntityTags.StrongEquals(tag, other);
            count += selected[i] ? 1 : 0;
        }

        return count;
    }

    /// <summary>A weak validator names one response: the last of those that have it.</summary>
    static int Latest(ReadOnlySpan<StoredPolicy> stored, string? tag, long? modified)
    {
        var chosen = -1;
        for (var i = 0; i < stored.Length; i++)
        {
            var isNamed = tag is null ? stored[i].LastModified == modified : stored[i].ETag is { } other && EntityTags.WeakEquals(tag, other);
            if (isNamed && (chosen < 0 || stored[i].Date > stored[chosen].Date))
            {
                chosen = i;
            }
        }

        return chosen;
    }

    static int Bare(ReadOnlySpan<StoredPolicy> stored, RuleSettings settings) =>
        stored.Length == 1 && (settings.TrustsBareNotModified || !stored[0].HasValidator) ? 0 : -1;

    /// <summary>Puts the fields of the update in place. A cookie that may not be stored neither comes in this way nor throws the response out.</summary>
    static HeaderFields Merge(HeaderFields stored, in CacheExchange update, RuleSettings settings)
    {
        var news = News(update);
        var merged = Replace(stored, news);
        if (StoreRules.KeepsCookies(ResponseDirectives.Of(merged, settings.TargetedFields), settings))
        {
            return merged;
        }

        news.RemoveAll(line => line.Is("Set-Cookie") || line.Is("Set-Cookie2"));
        return Replace(stored, news);
    }

    /// <summary>What the update has to say: all but what tells of the stored body or of the connection (3.2), and its Age, which is needed once.</summary>
    static List<HeaderField> News(in CacheExchange update)
    {
        var news = StoredFields.Without(update.Response, StoredFields.NamedByConnection(update.Response));
        news.RemoveAll(line => OfTheStoredBody.Contains(line.Name));
        if (update.Response.First("Age") is { } age)
        {
            news.Add(new HeaderField("Age", age));
        }

        return StoredFields.WithDate(news, update.ReceivedAt);
    }

    /// <summary>A name that the update has loses all its stored lines.</summary>
    static HeaderFields Replace(HeaderFields stored, List<HeaderField> news)
    {
        var names = news.Select(line => line.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var merged = new List<HeaderField>(stored.Lines.Length + news.Count);
        foreach (var line in stored.Lines)
        {
            if (!names.Contains(line.Name))
            {
                merged.Add(line);
            }
        }

        return new HeaderFields([.. merged, .. news]);
    }
}
