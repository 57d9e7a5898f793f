using System.ComponentModel.DataAnnotations;

namespace Tutti.Gateway.Calls;

/// <summary>What holds for the calls of every part: section <c>Tutti:Backends</c>.</summary>
internal sealed class BackendOptions
{
    /// <summary>The largest body, decoded, in bytes; a part may set its own. Larger ones are that part's error.</summary>
    [Range(1_024, int.MaxValue)]
    public int MaxBodyBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>The largest response header section, in KiB.</summary>
    [Range(1, 1_024)]
    public int MaxHeaderKilobytes { get; set; } = 64;

    /// <summary>How long an unused connection is kept, in seconds.</summary>
    [Range(1, 3_600)]
    public int IdleConnectionSeconds { get; set; } = 60;

    /// <summary>How long connections are used at all, in seconds, so that changes of DNS are seen.</summary>
    [Range(1, 86_400)]
    public int ConnectionLifetimeSeconds { get; set; } = 600;

    /// <summary>
    /// Networks that no call reaches, whatever name or redirect leads there, as CIDR blocks. By default link-local addresses (cloud
    /// metadata among them), multicast, broadcast and the unspecified address.
    /// </summary>
    [Networks]
    public IList<string> DeniedNetworks { get; } = [];

    /// <summary>Networks that calls may reach, as CIDR blocks; empty means all that are not denied.</summary>
    [Networks]
    public IList<string> AllowedNetworks { get; } = [];
}
