namespace Tutti.Batching.Reading;

/// <summary>Finds requests that wait for each other.</summary>
internal static class DependencyCycles
{
    /// <returns>A sentence per cycle; none if every request can run.</returns>
    public static IEnumerable<string> Find(PlannedCall[] calls) =>
        Array.Exists(calls, call => call.DependsOn.Length > 0) ? FindAll(calls) : [];

    static IEnumerable<string> FindAll(PlannedCall[] calls)
    {
        var left = Enumerable.Range(0, calls.Length).ToHashSet();
        for (var count = -1; count != left.Count;)
        {
            count = left.Count;
            left.RemoveWhere(position => !calls[position].DependsOn.Any(left.Contains));
        }

        while (left.Count > 0)
        {
            var cycle = CycleFrom(left.Min(), calls, left);
            left.ExceptWith(cycle);
            left.RemoveWhere(position => !calls[position].DependsOn.Any(left.Contains));
            yield return $"These wait for each other: {string.Join(" → ", cycle.Append(cycle[0]).Select(position => $"'{calls[position].Call.Id}'"))}";
        }
    }

    static List<int> CycleFrom(int position, PlannedCall[] calls, HashSet<int> left)
    {
        var path = new List<int>();
        while (!path.Contains(position))
        {
            path.Add(position);
            position = calls[position].DependsOn.First(left.Contains);
        }

        var cycle = path[path.IndexOf(position)..];
        var first = cycle.IndexOf(cycle.Min());
        return [.. cycle[first..], .. cycle[..first]];
    }
}
