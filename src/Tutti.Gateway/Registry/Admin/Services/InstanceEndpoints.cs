using System.Text.Json.Serialization.Metadata;
using Tutti.Gateway.Registry.Editing.Services;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Registry.Admin.Services;

/// <summary>The admin API of instances.</summary>
internal sealed class InstanceEndpoints(InstanceEdits edits) : EntryEndpoints<InstanceConfig, InstanceView>(edits)
{
    protected override string Name => "Instance";

    protected override string Path => "instances";

    protected override bool PlacesByPut => true;

    protected override ListQuery<InstanceConfig> Query => ServiceLists.Instances;

    protected override JsonTypeInfo<InstanceConfig> EntryJson => RegistryJson.Default.InstanceConfig;

    protected override JsonTypeInfo<InstanceView> ViewJson => RegistryJson.Default.InstanceView;

    protected override JsonTypeInfo<Page<InstanceView>> PageJson => RegistryJson.Default.PageInstanceView;

    protected override IEnumerable<InstanceView> Views(IEnumerable<InstanceConfig> entries, RegistrySnapshot registry) => entries.Select(InstanceView.Of);
}
