using System.Collections.Frozen;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Registry;

/// <summary>Everything stored in the registry, read in one transaction.</summary>
/// <param name="Version">The registry's version, which every change raises by one.</param>
internal sealed record RegistryConfig(
    long Version,
    IReadOnlyList<PartConfig> Parts,
    IReadOnlyList<PoolConfig> Pools,
    IReadOnlyList<CacheGroupConfig> CacheGroups)
{
    public static RegistryConfig Empty { get; } = new(0, [], [], []);

    public IReadOnlyList<ServiceConfig> Services { get; init; } = [];

    public IReadOnlyList<BundleConfig> Bundles { get; init; } = [];

    public IReadOnlyList<InstanceConfig> Instances { get; init; } = [];

    /// <summary>Random per change: tells two states apart whose versions are equal because a backup was put back.</summary>
    public Guid Stamp { get; init; }

    /// <summary>What could not be read of stored parts, by part id.</summary>
    public IReadOnlyDictionary<string, Fault> Unreadable { get; init; } = FrozenDictionary<string, Fault>.Empty;
}
