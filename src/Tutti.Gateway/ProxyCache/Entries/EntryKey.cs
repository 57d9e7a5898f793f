using Tutti.Gateway.Caching.Store;

namespace Tutti.Gateway.ProxyCache.Entries;

/// <summary>By what an entry is found. The hash of texts is seeded for each process, so that nobody outside can choose keys that meet.</summary>
internal readonly struct EntryKey(string text) : IEntryKey<ProxyEntry>
{
    public string Text { get; } = text;

    public int Hash { get; } = text.GetHashCode(StringComparison.Ordinal);

    public bool Matches(ProxyEntry entry) => entry.Key == Text;
}
