using System.Text.Json.Serialization.Metadata;
using Tutti.Gateway.Registry.Editing;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>The admin API of cache groups.</summary>
internal sealed class CacheGroupEndpoints() : EntryEndpoints<CacheGroupConfig, CacheGroupView>(new CacheGroupEdits())
{
    protected override string Name => "CacheGroup";

    protected override string Path => "cache-groups";

    protected override ListQuery<CacheGroupConfig> Query => Lists.CacheGroups;

    protected override JsonTypeInfo<CacheGroupConfig> EntryJson => RegistryJson.Default.CacheGroupConfig;

    protected override JsonTypeInfo<CacheGroupView> ViewJson => RegistryJson.Default.CacheGroupView;

    protected override JsonTypeInfo<Page<CacheGroupView>> PageJson => RegistryJson.Default.PageCacheGroupView;

    protected override IEnumerable<CacheGroupView> Views(IEnumerable<CacheGroupConfig> entries, RegistrySnapshot registry)
    {
        var users = Users.ByCacheGroup(registry.Config);
        return entries.Select(group => CacheGroupView.Of(group, users[group.Name]));
    }
}
