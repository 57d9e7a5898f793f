using System.Security.Cryptography;

namespace Tutti.Gateway.Caching.Cluster.Entries;

/// <summary>Names an entry by the SHA-256 of its identity, in hex.</summary>
internal readonly record struct EntryKey(string Hash)
{
    public static EntryKey Of(ReadOnlySpan<byte> identity) => new(Convert.ToHexStringLower(SHA256.HashData(identity)));
}
