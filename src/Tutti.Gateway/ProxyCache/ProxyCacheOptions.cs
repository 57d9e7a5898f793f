using System.ComponentModel.DataAnnotations;
using Tutti.Gateway.Calls;

namespace Tutti.Gateway.ProxyCache;

/// <summary>The cache of proxied services in memory: section <c>Tutti:ProxyCache</c>.</summary>
internal sealed class ProxyCacheOptions
{
    /// <summary>The most bytes of all stored answers together.</summary>
    [Range(1024 * 1024, 1024L * 1024 * 1024 * 1024)]
    public long MaxBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>The most bytes of one URI with all its variants; a larger answer is passed on and not stored.</summary>
    [Range(1024, 512 * 1024 * 1024)]
    public int MaxEntryBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// Addresses or networks (CIDR) of callers who may purge on the traffic port, and have stored answers fetched anew. None by default.
    /// </summary>
    [Networks]
    public string[] TrustedNetworks { get; set; } = [];
}
