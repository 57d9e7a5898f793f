using Tutti.Gateway.Caching.Marks;
using Tutti.Gateway.ProxyCache.Entries;

namespace Tutti.Gateway.ProxyCache.Invalidating;

/// <summary>Tells what invalidations leave of a stored answer.</summary>
internal sealed class AnswerValidity(MarkTable marks)
{
    /// <summary>The number of the last invalidation.</summary>
    public long Sequence => marks.Sequence;

    /// <param name="target">Path and query under which it is stored.</param>
    public Validity Of(StoredAnswer answer, string target, ServiceCache cache)
    {
        var validity = marks.Everything.Of(answer.Sequence).OrWorse(OfBans(answer, target));
        if (!marks.Uris.IsEmpty && marks.Uris.Find(answer.TargetHash) is { } uri)
        {
            validity = validity.OrWorse(uri.Of(answer.Sequence));
        }

        return answer.Tags.Length == 0 ? validity : validity.OrWorse(OfTags(answer, cache));
    }

    /// <summary>The number of the last invalidation that may concern an answer which is yet to come: its tags are not known.</summary>
    public long LatestFor(uint targetHash, ServiceCache cache) =>
        Math.Max(
            Math.Max(marks.LatestOfAll, marks.Bans.Latest),
            Math.Max(marks.OfOrigin(cache.Origin).Latest, marks.Uris.Find(targetHash)?.Latest ?? 0));

    /// <summary>Holds the answer against the bans that came since it was last asked for.</summary>
    Validity OfBans(StoredAnswer answer, string target)
    {
        var note = answer.Bans;
        var latest = marks.Bans.Latest;
        var checkedTo = Math.Max(answer.Sequence, note.UpTo);
        if (latest > checkedTo)
        {
            answer.Bans = note = new BanNote(note.Left.OrWorse(marks.Bans.Of(target, checkedTo)), latest);
        }

        return note.Left;
    }

    Validity OfTags(StoredAnswer answer, ServiceCache cache)
    {
        var origin = marks.OfOrigin(cache.Origin);
        var validity = Validity.Valid;
        foreach (var tag in answer.Tags)
        {
            validity = validity.OrWorse(origin.Find(tag)?.Of(answer.Sequence) ?? Validity.Valid);
        }

        return validity;
    }
}
