using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Store;
using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Caching.Entries;

/// <summary>A stored answer: key, header and body in one array, and the numbers by which it is used. It does not change.</summary>
internal sealed class CacheEntry : StoredEntry
{
    /// <summary>The fields below, and the header of the array with its padding.</summary>
    const int OwnBytes = 128;

    readonly byte[] _bytes;
    readonly int _keyLength;
    readonly int _headLength;

    public CacheEntry(int hash, byte[] bytes, int keyLength, int headLength)
        : base(hash, OwnBytes + bytes.Length)
    {
        _bytes = bytes;
        _keyLength = keyLength;
        _headLength = headLength;
    }

    public required CachedPart Part { get; init; }

    /// <summary>The node's number of the last invalidation when the fetch began; a mark above it makes the entry invalid.</summary>
    public required long Sequence { get; init; }

    /// <summary>The timestamp at which it was stored or last validated.</summary>
    public required long StoredAt { get; init; }

    /// <summary>The timestamp after which it is of no use.</summary>
    public required long KeptUntil { get; init; }

    /// <summary>By what the URI is known that it came from, for invalidations of it.</summary>
    public required uint UriHash { get; init; }

    /// <summary>Octoparts' <c>expiresAt</c>, in milliseconds of Unix time; 0 where the backend named no <c>max-age</c>.</summary>
    public long ExpiresAt { get; init; }

    /// <summary>The media type; null without a body.</summary>
    public ContentType? Type { get; init; }

    public EntryNumbers Numbers { get; init; }

    public EntryTraits Traits { get; init; }

    public ReadOnlySpan<byte> Key => _bytes.AsSpan(0, _keyLength);

    public ReadOnlySpan<byte> Head => _bytes.AsSpan(_keyLength, _headLength);

    public ReadOnlyMemory<byte> Body => _bytes.AsMemory(_keyLength + _headLength);

    public bool Has(EntryTraits trait) => (Traits & trait) != 0;

    public HeaderFields ReadHead() => HeadReader.ReadAll(Head) ?? HeaderFields.None;

    /// <summary>The reason phrase, where it was not the usual one.</summary>
    public string? Reason { get; init; }

    /// <summary>The policy with the validators and the date that stand in the header.</summary>
    /// <param name="now">The time by which years of two digits are read.</param>
    public StoredPolicy ReadPolicy(HeaderFields head, DateTimeOffset now) => Policy with
    {
        ETag = EntityTags.Parse(head.First("ETag")),
        LastModified = HttpDate.Parse(head.First("Last-Modified"), now)?.ToUnixTimeSeconds() ?? StoredPolicy.NoDate,
        Date = HttpDate.Parse(head.First("Date"), now)?.ToUnixTimeSeconds() ?? 0,
    };

    /// <summary>The policy by which it is used, without its texts.</summary>
    public StoredPolicy Policy => new()
    {
        Lifetime = Numbers.Lifetime,
        InitialAge = Numbers.InitialAge,
        StaleWhileRevalidate = Numbers.StaleWhileRevalidate,
        StaleIfError = Numbers.StaleIfError,
        Status = Numbers.Status,
        Marks = Numbers.Marks,
        LastModified = StoredPolicy.NoDate,
    };

    protected internal override bool IsDead(long now) => now > KeptUntil;
}
