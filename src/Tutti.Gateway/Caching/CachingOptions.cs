using System.ComponentModel.DataAnnotations;

namespace Tutti.Gateway.Caching;

/// <summary>The cache of parts in memory: section <c>Tutti:Cache</c>.</summary>
internal sealed class CachingOptions
{
    /// <summary>The most bytes of all entries together.</summary>
    [Range(1024 * 1024, 1024L * 1024 * 1024 * 1024)]
    public long MaxBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>The most bytes of one entry, its key and header included; a larger answer is passed on and not stored.</summary>
    [Range(1024, 512 * 1024 * 1024)]
    public int MaxEntryBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How many stale entries are fetched anew at once behind their answers; more have to wait for the next request.</summary>
    [Range(0, 100_000)]
    public int MaxRefreshes { get; set; } = 64;

    /// <summary>Whether a client's <c>Cache-Control: no-cache</c> reads past the cache.</summary>
    public bool ClientNoCache { get; set; } = true;
}
