using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Caching.Marks;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Caching;

/// <summary>Finds what the cache keeps of a part, in one step once its model was asked for.</summary>
internal sealed class CachedParts(MarkTable marks)
{
    readonly ConcurrentDictionary<string, CachedPart> _parts = new(StringComparer.Ordinal);

    public IEnumerable<CachedPart> All => _parts.Values.OrderBy(part => part.PartId, StringComparer.Ordinal);

    public CachedPart Of(PartModel part) => part.CacheState as CachedPart ?? Attach(part);

    /// <summary>Forgets the parts that are no longer registered.</summary>
    public void Retain(Func<string, bool> isRegistered)
    {
        foreach (var partId in _parts.Keys.Where(partId => !isRegistered(partId)))
        {
            _parts.TryRemove(partId, out _);
        }
    }

    CachedPart Attach(PartModel part)
    {
        var fingerprint = FingerprintOf(part.Config);
        var cached = _parts.AddOrUpdate(
            part.Id,
            _ => Make(part, fingerprint, new CacheCounters()),
            (_, known) => known.Fingerprint.SequenceEqual(fingerprint) ? known : Make(part, fingerprint, known.Counters));
        part.CacheState = cached;
        return cached;
    }

    CachedPart Make(PartModel part, byte[] fingerprint, CacheCounters counters) => new(
        part.Id, fingerprint, marks.OfOrigin(UriIdentity.OriginOf(part.Template!.Origin)), PartPolicy.RulesOf(part), marks.OfPart(part.Id), counters);

    /// <summary>What decides whether an old answer still answers the same question.</summary>
    static byte[] FingerprintOf(PartConfig part) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new PartFingerprint(
            part.PartId,
            part.Uri,
            part.Method,
            [.. part.Params.Select(param => $"{param.In} {param.Name} {param.InputName} {param.MultiSegment}")],
            part.Backend.DefaultCharset,
            part.Backend.FollowRedirects,
            part.CacheTtl,
            part.Cache),
        CachingJson.Default.PartFingerprint));
}
