namespace Tutti.Gateway.Caching.Marks;

/// <summary>The invalidations of the cache groups of one origin (RFC 9875).</summary>
internal sealed class OriginMarks(string origin, MarkBudget budget) : MarkSet
{
    /// <summary>So many groups are told apart; those beyond share marks.</summary>
    public const int MostGroups = 10_000;

    readonly NamedMarks<string> _groups = new(budget, MostGroups, StringComparer.Ordinal);
    readonly HashedMarks _more = new();

    /// <summary>Scheme, host and port.</summary>
    public string Origin => origin;

    public override IEnumerable<Mark> All => _groups.All.Concat(_more.All);

    public Mark? Find(string group) => _groups.Find(group) ?? (_more.IsEmpty ? null : _more.Find(HashOf(group)));

    public Mark Reach(string group) => _groups.Reach(group, group) ?? _more.Reach(HashOf(group));

    /// <summary>Seeded for each process: no other node needs to find the mark.</summary>
    static uint HashOf(string group) => (uint)group.GetHashCode(StringComparison.Ordinal);
}
