using System.Collections;

namespace Tutti.Bench.Load.Sides;

/// <summary>The sides in the order they were started; they stop together.</summary>
sealed class SideList : IReadOnlyList<Side>, IDisposable
{
    readonly List<Side> _sides = [];

    public int Count => _sides.Count;

    public Side this[int index] => _sides[index];

    public void Add(Side side) => _sides.Add(side);

    public IEnumerator<Side> GetEnumerator() => _sides.GetEnumerator();

    public void Dispose()
    {
        foreach (var process in _sides.Select(side => side.Process).Distinct())
        {
            process.Dispose();
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
