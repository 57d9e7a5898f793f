namespace Tutti.Gateway.Caching.Cluster.Entries;

/// <summary>An entry as found in Redis.</summary>
/// <param name="Position">What its node had applied when it began to fetch.</param>
internal sealed record SharedEntry(ClusterPosition Position, ReadOnlyMemory<byte> Bytes);
