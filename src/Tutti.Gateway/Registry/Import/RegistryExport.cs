using Tutti.Contracts.Registry;

namespace Tutti.Gateway.Registry.Import;

/// <summary>Makes the file that an import takes.</summary>
internal static class RegistryExport
{
    public const string FileName = "exported-parts.json";

    /// <summary>
    /// All parts in the order of their ids. Pools and cache groups that nobody uses ride on the first part, where Octoparts passes
    /// over them; without any part they are left out.
    /// </summary>
    public static IReadOnlyList<HttpPartConfig> Write(RegistrySnapshot registry)
    {
        var parts = registry.Config.Parts.Select(part => OctopartsFormat.Write(part, registry)).ToArray();
        var (pools, groups) = Unused(registry.Config);
        if (parts.Length > 0 && pools.Length + groups.Length > 0)
        {
            parts[0] = parts[0] with
            {
                Tutti = (parts[0].Tutti ?? new TuttiPartSettings()) with
                {
                    UnusedPools = pools.Length == 0 ? null : [.. pools.Select(OctopartsFormat.Write)],
                    UnusedCacheGroups = groups.Length == 0 ? null : [.. groups.Select(OctopartsFormat.Write)],
                },
            };
        }

        return parts;
    }

    static (PoolConfig[] Pools, CacheGroupConfig[] CacheGroups) Unused(RegistryConfig config)
    {
        var pools = config.Parts.Select(part => part.Pool).ToHashSet(StringComparer.Ordinal);
        var groups = config.Parts
            .SelectMany(part => part.CacheGroups.Concat(part.Params.SelectMany(param => param.CacheGroups)))
            .ToHashSet(StringComparer.Ordinal);
        return (
            [.. config.Pools.Where(pool => !pools.Contains(pool.Key))],
            [.. config.CacheGroups.Where(group => !groups.Contains(group.Name))]);
    }
}
