namespace Tutti.Gateway.Registry.Editing;

/// <summary>Changes lists of entries, which are kept in the order of their keys, by copying them.</summary>
internal static class SortedEntries
{
    /// <summary>Puts an entry in its place, or in that of the one with its key.</summary>
    public static IReadOnlyList<T> With<T>(this IReadOnlyList<T> entries, T entry, Func<T, string> key)
    {
        var result = new List<T>(entries.Count + 1);
        var placed = false;
        foreach (var other in entries)
        {
            var order = string.CompareOrdinal(key(other), key(entry));
            if (order >= 0 && !placed)
            {
                result.Add(entry);
                placed = true;
            }

            if (order != 0)
            {
                result.Add(other);
            }
        }

        if (!placed)
        {
            result.Add(entry);
        }

        return result;
    }

    public static IReadOnlyList<T> Without<T>(this IReadOnlyList<T> entries, T entry)
        where T : class => [.. entries.Where(other => !ReferenceEquals(other, entry))];
}
