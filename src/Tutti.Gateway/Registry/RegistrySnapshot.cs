using System.Collections.Frozen;

namespace Tutti.Gateway.Registry;

/// <summary>The whole registry, compiled: what one request reads from beginning to end.</summary>
internal sealed class RegistrySnapshot
{
    RegistrySnapshot(RegistryConfig config, FrozenDictionary<string, PartModel> parts)
    {
        Config = config;
        Parts = parts;
        Pools = config.Pools.ToFrozenDictionary(pool => pool.Key, StringComparer.Ordinal);
        CacheGroups = config.CacheGroups.ToFrozenDictionary(group => group.Name, StringComparer.Ordinal);
    }

    public static RegistrySnapshot Empty { get; } = Compile(RegistryConfig.Empty, static (_, _) => []);

    public RegistryConfig Config { get; }

    public long Version => Config.Version;

    public FrozenDictionary<string, PartModel> Parts { get; }

    public FrozenDictionary<string, PoolConfig> Pools { get; }

    public FrozenDictionary<string, CacheGroupConfig> CacheGroups { get; }

    /// <summary>Compiles what is stored. A part with faults is there, disabled; the rest run.</summary>
    /// <param name="check">The rules: what is wrong with a part within this registry.</param>
    public static RegistrySnapshot Compile(RegistryConfig config, Func<PartConfig, RegistryConfig, IReadOnlyList<Fault>> check) => new(
        config,
        config.Parts.Select(part => PartModel.Compile(part, check(part, config))).ToFrozenDictionary(part => part.Id, StringComparer.Ordinal));
}
