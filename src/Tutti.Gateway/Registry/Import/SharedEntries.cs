using System.Text.Json.Serialization.Metadata;

namespace Tutti.Gateway.Registry.Import;

/// <summary>Gathers the pools, or the cache groups, that the parts of a file embed, each perhaps many times.</summary>
internal sealed class SharedEntries<T>(string word, Func<T, string> key, Func<T, IReadOnlyList<Fault>> check, JsonTypeInfo<T> json)
    where T : class
{
    readonly Dictionary<string, (T Entry, string At)> _found = new(StringComparer.Ordinal);

    /// <summary>Takes note of an entry; of several with one key that differ, the first counts, and a warning says so.</summary>
    public void Add(T entry, string at, List<string> warnings)
    {
        if (_found.TryAdd(key(entry), (entry, at)))
        {
            return;
        }

        var (first, where) = _found[key(entry)];
        if (!first.Equals(entry))
        {
            warnings.Add($"The {word} '{key(entry)}' at {at} differs from that at {where}, which counts");
        }
    }

    /// <summary>Adds what is new to the registry's entries, and updates what differs if the mode says so.</summary>
    public IReadOnlyList<T> Apply(IReadOnlyList<T> entries, ImportMode mode, Func<T, T> stamp, ImportedEntries outcome, Func<string, string> fieldOf)
    {
        var known = entries.ToDictionary(key, StringComparer.Ordinal);
        var changed = false;
        foreach (var (name, (entry, at)) in _found.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            known.TryGetValue(name, out var old);
            var changes = old is null ? [] : Differences.Between(old, entry, json);
            if (old is not null && (mode is ImportMode.Add || changes.Count == 0))
            {
                continue;
            }

            outcome.Faults.AddRange(check(entry).Select(fault => new Fault($"{at}.{fieldOf(fault.Field)}", fault.Message)));
            known[name] = stamp(entry);
            changed = true;
            if (old is null)
            {
                outcome.Added.Add(name);
            }
            else
            {
                outcome.Updated.Add(new EntryChange(name, changes));
            }
        }

        return changed ? [.. known.Values.OrderBy(key, StringComparer.Ordinal)] : entries;
    }
}
