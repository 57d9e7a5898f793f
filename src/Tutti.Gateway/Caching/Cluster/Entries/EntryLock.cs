namespace Tutti.Gateway.Caching.Cluster.Entries;

/// <summary>The right to fetch what an entry holds, while the other nodes wait for it.</summary>
internal sealed record EntryLock(string Key, string Token);
