using Tutti.Gateway.Caching.Entries;

namespace Tutti.Gateway.Caching.Fetching;

/// <summary>What a fetch is for.</summary>
internal readonly struct FetchKey(CachedPart part, byte[] key) : IEquatable<FetchKey>
{
    readonly CachedPart _part = part;
    readonly byte[] _key = key;

    public bool Equals(FetchKey other) => ReferenceEquals(_part, other._part) && _key.AsSpan().SequenceEqual(other._key);

    public override bool Equals(object? obj) => obj is FetchKey other && Equals(other);

    public override int GetHashCode() => EntryIdentity.HashOf(_part, _key);
}
