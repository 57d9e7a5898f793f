using System.Text.Json.Serialization.Metadata;
using Tutti.Gateway.Registry.Editing;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>The admin API of pools.</summary>
internal sealed class PoolEndpoints() : EntryEndpoints<PoolConfig, PoolView>(new PoolEdits())
{
    protected override string Name => "Pool";

    protected override string Path => "pools";

    protected override ListQuery<PoolConfig> Query => Lists.Pools;

    protected override JsonTypeInfo<PoolConfig> EntryJson => RegistryJson.Default.PoolConfig;

    protected override JsonTypeInfo<PoolView> ViewJson => RegistryJson.Default.PoolView;

    protected override JsonTypeInfo<Page<PoolView>> PageJson => RegistryJson.Default.PagePoolView;

    protected override IEnumerable<PoolView> Views(IEnumerable<PoolConfig> entries, RegistrySnapshot registry)
    {
        var users = Users.ByPool(registry.Config);
        return entries.Select(pool => PoolView.Of(pool, users[pool.Key]));
    }
}
