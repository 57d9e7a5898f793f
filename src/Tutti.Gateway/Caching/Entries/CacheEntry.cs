using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Store;
using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Caching.Entries;

/// <summary>A stored answer: key, header and body in one array, and the numbers by which it is used. It does not change.</summary>
internal sealed class CacheEntry : StoredEntry
{
    /// <summary>The fields below, and what an array takes beside its bytes, which come in steps of eight.</summary>
    const int OwnBytes = 88 + 24;

    readonly byte[] _bytes;
    readonly int _keyLength;
    readonly int _headLength;

    /// <summary>The media type alone, or with the reason phrase that few answers have.</summary>
    readonly object? _kind;

    /// <param name="bytes">Key, header and body.</param>
    /// <param name="type">The media type; null without a body.</param>
    /// <param name="reason">The reason phrase, where it is not the usual one.</param>
    public CacheEntry(int hash, byte[] bytes, int keyLength, int headLength, ContentType? type = null, string? reason = null)
        : base(hash, OwnBytes + ((bytes.Length + 7) & ~7))
    {
        _bytes = bytes;
        _keyLength = keyLength;
        _headLength = headLength;
        _kind = reason is null ? type : new UnusualKind(type, reason);
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

    public EntryNumbers Numbers { get; init; }

    /// <summary>The media type; null without a body.</summary>
    public ContentType? Type => _kind as ContentType ?? (_kind as UnusualKind)?.Type;

    /// <summary>The reason phrase, where it was not the usual one.</summary>
    public string? Reason => (_kind as UnusualKind)?.Reason;

    public ReadOnlySpan<byte> Key => _bytes.AsSpan(0, _keyLength);

    public ReadOnlySpan<byte> Head => _bytes.AsSpan(_keyLength, _headLength);

    public ReadOnlyMemory<byte> Body => _bytes.AsMemory(_keyLength + _headLength);

    /// <summary>Whether it is for storing; else it is for those alone who waited for it.</summary>
    public bool IsStorable => KeptUntil > StoredAt;

    public bool Has(EntryTraits trait) => (Numbers.Traits & trait) != 0;

    public HeaderFields ReadHead() => HeadReader.ReadAll(Head) ?? HeaderFields.None;

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

    sealed record UnusualKind(ContentType? Type, string Reason);
}
