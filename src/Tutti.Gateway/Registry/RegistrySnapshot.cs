using System.Collections.Frozen;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Registry;

/// <summary>The whole registry, compiled: what one request reads from beginning to end.</summary>
internal sealed class RegistrySnapshot
{
    RegistrySnapshot(
        RegistryConfig config, FrozenDictionary<string, PartModel> parts, FrozenDictionary<string, PoolConfig> pools, ServiceSnapshot services)
    {
        Config = config;
        Services = services;
        Parts = parts;
        Pools = pools;
        CacheGroups = config.CacheGroups.ToFrozenDictionary(group => group.Name, StringComparer.Ordinal);
    }

    public static RegistrySnapshot Empty { get; } = Compile(RegistryConfig.Empty, static (_, _) => []);

    public RegistryConfig Config { get; }

    public long Version => Config.Version;

    public FrozenDictionary<string, PartModel> Parts { get; }

    public FrozenDictionary<string, PoolConfig> Pools { get; }

    public ServiceSnapshot Services { get; }

    public FrozenDictionary<string, CacheGroupConfig> CacheGroups { get; }

    /// <summary>Compiles what is stored. A part with faults is there, disabled; the rest run.</summary>
    /// <param name="check">The rules: what is wrong with a part within this registry.</param>
    /// <param name="previous">Where the models of what did not change are taken from.</param>
    /// <param name="checkService">The rules of services; none if null.</param>
    public static RegistrySnapshot Compile(
        RegistryConfig config,
        Func<PartConfig, RegistryConfig, IReadOnlyList<Fault>> check,
        RegistrySnapshot? previous = null,
        Func<ServiceConfig, IReadOnlyList<Fault>>? checkService = null)
    {
        var services = ServiceSnapshot.Compile(config, checkService ?? (static _ => []), previous);
        if (previous is not null && ReferenceEquals(config.Parts, previous.Config.Parts) && ReferenceEquals(config.Pools, previous.Config.Pools)
            && previous.Parts.Values.All(part => part.Faults.Count == 0))
        {
            return new RegistrySnapshot(config, previous.Parts, previous.Pools, services);
        }

        var pools = config.Pools.ToFrozenDictionary(pool => pool.Key, StringComparer.Ordinal);
        var parts = config.Parts.Select(part => Model(part, pools.GetValueOrDefault(part.Pool)));
        return new RegistrySnapshot(config, parts.ToFrozenDictionary(part => part.Id, StringComparer.Ordinal), pools, services);

        PartModel Model(PartConfig part, PoolConfig? pool) => Known(part, pool, previous) ?? PartModel.Compile(part, pool, check(part, config));
    }

    /// <summary>A healthy part stays so as long as it is the same: the database lets nobody take away what it uses.</summary>
    static PartModel? Known(PartConfig part, PoolConfig? pool, RegistrySnapshot? previous) =>
        previous is not null
        && previous.Parts.TryGetValue(part.PartId, out var model)
        && ReferenceEquals(model.Config, part)
        && model.Pool == pool
        && model.Faults.Count == 0
            ? model
            : null;
}
