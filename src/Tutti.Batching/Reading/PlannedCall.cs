namespace Tutti.Batching.Reading;

/// <summary>One request of a batch with what it waits for.</summary>
internal sealed class PlannedCall
{
    public required BatchCall Call { get; init; }

    /// <summary>The positions of the requests that must have ended before.</summary>
    public required IReadOnlyList<int> DependsOn { get; init; }

    public static PlannedCall Of(BatchCall call, Dictionary<string, int> index, IReadOnlyList<BatchCall> calls, List<string> faults)
    {
        var dependsOn = new SortedSet<int>();
        foreach (var id in call.DependsOn)
        {
            if (index.TryGetValue(id, out var position))
            {
                dependsOn.Add(position);
            }
            else if (!AddGroup(id, calls, dependsOn))
            {
                faults.Add($"'{call.Id}' depends on '{id}', which no request has as its id");
            }
        }

        return new PlannedCall { Call = call, DependsOn = [.. dependsOn] };
    }

    static bool AddGroup(string group, IReadOnlyList<BatchCall> calls, SortedSet<int> dependsOn)
    {
        var count = dependsOn.Count;
        for (var i = 0; i < calls.Count; i++)
        {
            if (calls[i].AtomicityGroup == group)
            {
                dependsOn.Add(i);
                count = -1;
            }
        }

        return count < 0;
    }
}
