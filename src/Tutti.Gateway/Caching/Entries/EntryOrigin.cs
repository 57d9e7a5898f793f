namespace Tutti.Gateway.Caching.Entries;

/// <summary>Where an entry comes from: its part and key, and when it was fetched.</summary>
/// <param name="sequence">The node's number of the last invalidation when the fetch began.</param>
/// <param name="storedAt">The timestamp of its arrival.</param>
/// <param name="ticksPerSecond">The frequency of timestamps.</param>
/// <param name="receivedAt">The same moment by the wall clock.</param>
/// <param name="uriHash">By what the URI is known that it came from.</param>
internal readonly ref struct EntryOrigin(
    CachedPart part, ReadOnlySpan<byte> key, long sequence, long storedAt, long ticksPerSecond, DateTimeOffset receivedAt, uint uriHash)
{
    public CachedPart Part { get; } = part;

    public ReadOnlySpan<byte> Key { get; } = key;

    public long Sequence { get; } = sequence;

    public long StoredAt { get; } = storedAt;

    public long TicksPerSecond { get; } = ticksPerSecond;

    public DateTimeOffset ReceivedAt { get; } = receivedAt;

    public uint UriHash { get; } = uriHash;
}
