using System.Collections.Concurrent;
using Tutti.Gateway.Caching.Cluster.Invalidations;

namespace Tutti.Gateway.Caching.Marks;

/// <summary>
/// All invalidations of this node. Each takes the next number and raises a mark; nothing is searched or deleted. An answer is valid if no
/// mark that covers it is above the number at which its fetch began, so that an invalidation during a fetch wins.
/// </summary>
internal sealed class MarkTable
{
    readonly MarkBudget _budget = new();
    readonly ConcurrentDictionary<string, PartMarks> _parts = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, OriginMarks> _origins = new(StringComparer.Ordinal);
    readonly Mark _everything = new();
    long _sequence;
    long _latestOfAll;

    /// <summary>The number of the last invalidation.</summary>
    public long Sequence => Volatile.Read(ref _sequence);

    public Mark Everything => _everything;

    /// <summary>The number of the last invalidation of everything.</summary>
    public long LatestOfAll => Volatile.Read(ref _latestOfAll);

    /// <summary>The marks of URIs that were changed by requests to them (RFC 9111, 4.4).</summary>
    public HashedMarks Uris { get; } = new();

    /// <summary>The patterns of paths that were banned.</summary>
    public BanList Bans { get; } = new();

    /// <summary>How many marks clients and backends have made by name.</summary>
    public int Count => _budget.Taken;

    /// <summary>The marks of a part that the cache keeps answers of.</summary>
    public PartMarks OfPart(string partId) => _parts.TryGetValue(partId, out var known) ? known : _parts.GetOrAdd(partId, static (_, budget) => new PartMarks(budget), _budget);

    /// <summary>The marks of an origin that the cache keeps answers of.</summary>
    public OriginMarks OfOrigin(string origin) => _origins.TryGetValue(origin, out var known) ? known : _origins.GetOrAdd(origin, static (name, budget) => new OriginMarks(name, budget), _budget);

    /// <summary>Notes an invalidation.</summary>
    /// <param name="cluster">Its number in the cluster; <see cref="Mark.Pending"/> while it has none.</param>
    /// <returns>Its number in this node.</returns>
    public long Note(Invalidation invalidation, long cluster)
    {
        if (invalidation is Invalidation.Ban ban)
        {
            return Bans.Add(ban.Pattern, ban.IsSoft, () => Interlocked.Increment(ref _sequence));
        }

        var sequence = Interlocked.Increment(ref _sequence);
        MarkOf(invalidation).Raise(sequence, cluster, invalidation.IsSoft);
        if (SetOf(invalidation) is { } set)
        {
            set.Raised(sequence);
        }
        else
        {
            Mark.Max(ref _latestOfAll, sequence);
        }

        return sequence;
    }

    /// <summary>The cluster has given a number to what this node noted up to its own number.</summary>
    public void Number(Invalidation invalidation, long upTo, long cluster)
    {
        if (invalidation is Invalidation.Ban)
        {
            // Nothing that bans concern is shared through Redis.
            return;
        }

        if (invalidation is not Invalidation.Everything)
        {
            MarkOf(invalidation).Number(upTo, cluster, invalidation.IsSoft);

            // It may have been noted as everything, when there was room for no more marks.
            _everything.Number(upTo, cluster, invalidation.IsSoft);
            return;
        }

        foreach (var mark in All())
        {
            mark.Number(upTo, cluster, isSoft: false);
            mark.Number(upTo, cluster, isSoft: true);
        }
    }

    /// <summary>The numbers of the cluster begin anew, and this node may have missed some: all that it holds is invalid.</summary>
    public void Lose()
    {
        foreach (var mark in All())
        {
            mark.ForgetCluster();
        }

        var sequence = Interlocked.Increment(ref _sequence);
        _everything.Raise(sequence, cluster: 0, isSoft: false);
        Mark.Max(ref _latestOfAll, sequence);
    }

    MarkSet? SetOf(Invalidation invalidation) => invalidation switch
    {
        Invalidation.Part part => Reach(part.PartId),
        Invalidation.ParamValue value => Reach(value.PartId),
        Invalidation.Key key => Reach(key.PartId),
        Invalidation.Group group => ReachOrigin(group.Origin),
        Invalidation.Uri => Uris,
        _ => null,
    };

    Mark MarkOf(Invalidation invalidation) => invalidation switch
    {
        Invalidation.Part part => Reach(part.PartId)?.Whole ?? _everything,
        Invalidation.ParamValue value => Reach(value.PartId)?.OfValue(value.Param, value.Value) ?? _everything,
        Invalidation.Key key => Reach(key.PartId)?.OfKey(key.Name) ?? _everything,
        Invalidation.Group group => ReachOrigin(group.Origin)?.Reach(group.Name) ?? _everything,
        Invalidation.Uri uri => Uris.Reach(uri.Hash),
        _ => _everything,
    };

    /// <summary>The marks of a part that somebody names, who may have made it up; null where there is no room for more.</summary>
    PartMarks? Reach(string partId) => _parts.TryGetValue(partId, out var known) ? known : _budget.TryTake(partId) ? OfPart(partId) : null;

    OriginMarks? ReachOrigin(string origin) => _origins.TryGetValue(origin, out var known) ? known : _budget.TryTake(origin) ? OfOrigin(origin) : null;

    IEnumerable<Mark> All() => _parts.Values.Concat<MarkSet>(_origins.Values).Append(Uris).SelectMany(set => set.All).Append(_everything);
}
