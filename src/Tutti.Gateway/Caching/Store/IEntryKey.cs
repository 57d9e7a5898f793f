namespace Tutti.Gateway.Caching.Store;

/// <summary>What an entry is looked up by. A struct, so that a look-up allocates nothing; it may live on the stack alone.</summary>
internal interface IEntryKey<TEntry>
    where TEntry : StoredEntry
{
    /// <summary>The hash of the entry that is meant. All its bits are well spread, and no caller can choose them: it is seeded.</summary>
    int Hash { get; }

    /// <summary>Whether it is this entry; asked only if the hashes are equal.</summary>
    bool Matches(TEntry entry);
}
