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
}
