using Tutti.Gateway.Caching.Store;

namespace Tutti.Gateway.Caching.Entries;

/// <summary>By what an entry is found: its part and its key, compared byte by byte.</summary>
internal readonly ref struct EntryIdentity : IEntryKey<CacheEntry>
{
    readonly CachedPart _part;
    readonly ReadOnlySpan<byte> _key;

    public EntryIdentity(CachedPart part, ReadOnlySpan<byte> key)
    {
        _part = part;
        _key = key;
        Hash = HashOf(part, key);
    }

    public int Hash { get; }

    public bool Matches(CacheEntry entry) => ReferenceEquals(entry.Part, _part) && entry.Key.SequenceEqual(_key);

    /// <summary>Seeded for each process, so that nobody outside can choose keys that meet.</summary>
    public static int HashOf(CachedPart part, ReadOnlySpan<byte> key)
    {
        var hash = new HashCode();
        hash.Add(part.Seed);
        hash.AddBytes(key);
        return hash.ToHashCode();
    }
}
