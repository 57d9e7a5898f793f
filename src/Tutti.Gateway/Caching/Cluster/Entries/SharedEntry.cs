namespace Tutti.Gateway.Caching.Cluster.Entries;

/// <summary>An entry as found in Redis.</summary>
/// <param name="Position">What its node had applied when it began to fetch.</param>
/// <param name="Left">How long Redis will keep it.</param>
internal sealed record SharedEntry(ClusterPosition Position, ReadOnlyMemory<byte> Bytes, TimeSpan Left = default);
