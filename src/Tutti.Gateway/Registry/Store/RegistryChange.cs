namespace Tutti.Gateway.Registry.Store;

/// <summary>What differs between two states of one table: entries are immutable, so another object is another state.</summary>
internal sealed record RegistryChange<T>(List<T> Added, List<(T Old, T New)> Changed, List<T> Removed)
    where T : class
{
    public static RegistryChange<T> Between(IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> key)
    {
        var change = new RegistryChange<T>([], [], []);
        if (ReferenceEquals(before, after))
        {
            return change;
        }

        var left = before.ToDictionary(key, StringComparer.Ordinal);
        foreach (var entry in after)
        {
            if (!left.Remove(key(entry), out var old))
            {
                change.Added.Add(entry);
            }
            else if (!ReferenceEquals(old, entry))
            {
                change.Changed.Add((old, entry));
            }
        }

        change.Removed.AddRange(left.Values);
        return change;
    }
}
