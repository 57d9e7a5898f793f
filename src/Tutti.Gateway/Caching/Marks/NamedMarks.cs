using System.Collections.Concurrent;

namespace Tutti.Gateway.Caching.Marks;

/// <summary>Marks by what they are of: as many as a bound of their own and the budget of all allow.</summary>
internal sealed class NamedMarks<TName>(MarkBudget budget, int most, IEqualityComparer<TName>? comparer = null)
    where TName : notnull
{
    readonly ConcurrentDictionary<TName, Mark> _marks = new(comparer);
    int _count;

    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    public IEnumerable<Mark> All => _marks.Values;

    public Mark? Find(TName name) => _marks.GetValueOrDefault(name);

    /// <summary>Finds a mark by a form of its name that the comparer knows too.</summary>
    public Mark? FindAs<TOther>(TOther name)
        where TOther : notnull, allows ref struct => _marks.GetAlternateLookup<TOther>().TryGetValue(name, out var mark) ? mark : null;

    /// <param name="text">What is named; beyond a certain length it is not kept.</param>
    /// <returns>Null where there is no room for one more.</returns>
    public Mark? Reach(TName name, string text)
    {
        if (_marks.TryGetValue(name, out var known))
        {
            return known;
        }

        if (Volatile.Read(ref _count) >= most || !budget.TryTake(text))
        {
            return null;
        }

        var mark = new Mark();
        var kept = _marks.GetOrAdd(name, mark);
        if (ReferenceEquals(kept, mark))
        {
            Interlocked.Increment(ref _count);
        }

        return kept;
    }
}
