using Tutti.Gateway.Caching.Marks;
using Tutti.Gateway.Caching.Rules;

namespace Tutti.Gateway.Caching;

/// <summary>
/// What the cache keeps of a part while its models come and go. A change of what the answers depend on makes a new one, so that no entry
/// of the old is found.
/// </summary>
internal sealed class CachedPart(string partId, byte[] fingerprint, OriginMarks origin, RuleSettings rules, PartMarks marks, CacheCounters counters)
{
    public string PartId => partId;

    /// <summary>The hash of all that the answers depend on: URI, method, params, charset, times.</summary>
    public ReadOnlySpan<byte> Fingerprint => fingerprint;

    /// <summary>A part of it, for hashing.</summary>
    public int Seed { get; } = BitConverter.ToInt32(fingerprint);

    /// <summary>The scope of its cache groups (RFC 9875).</summary>
    public OriginMarks Origin => origin;

    public RuleSettings Rules => rules;

    public PartMarks Marks => marks;

    public CacheCounters Counters => counters;
}
