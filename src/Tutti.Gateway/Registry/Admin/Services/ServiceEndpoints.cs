using System.Text.Json.Serialization.Metadata;
using Tutti.Gateway.Registry.Editing.Services;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Registry.Admin.Services;

/// <summary>The admin API of services.</summary>
internal sealed class ServiceEndpoints(ServiceEdits edits) : EntryEndpoints<ServiceConfig, ServiceView>(edits)
{
    protected override string Name => "Service";

    protected override string Path => "services";

    protected override bool PlacesByPut => true;

    protected override ListQuery<ServiceConfig> Query => ServiceLists.Services;

    protected override JsonTypeInfo<ServiceConfig> EntryJson => RegistryJson.Default.ServiceConfig;

    protected override JsonTypeInfo<ServiceView> ViewJson => RegistryJson.Default.ServiceView;

    protected override JsonTypeInfo<Page<ServiceView>> PageJson => RegistryJson.Default.PageServiceView;

    protected override IEnumerable<ServiceView> Views(IEnumerable<ServiceConfig> entries, RegistrySnapshot registry) =>
        entries.Select(service => ServiceView.Of(service, registry));
}
