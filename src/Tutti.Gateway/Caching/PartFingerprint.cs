using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Caching;

/// <summary>The settings of a part on which its stored answers depend; those whose change must not bring an old answer back.</summary>
internal sealed record PartFingerprint(
    string PartId, string Uri, string Method, IReadOnlyList<string> Params, string Charset, int Redirects, long? CacheTtl, CacheConfig Cache);
