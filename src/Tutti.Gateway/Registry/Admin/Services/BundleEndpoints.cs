using System.Text.Json.Serialization.Metadata;
using Tutti.Gateway.Registry.Editing;
using Tutti.Gateway.Registry.Editing.Services;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Registry.Admin.Services;

/// <summary>The admin API of bundles.</summary>
internal sealed class BundleEndpoints(BundleEdits edits) : EntryEndpoints<BundleConfig, BundleView>(edits)
{
    protected override string Name => "Bundle";

    protected override string Path => "bundles";

    protected override bool PlacesByPut => true;

    protected override ListQuery<BundleConfig> Query => ServiceLists.Bundles;

    protected override JsonTypeInfo<BundleConfig> EntryJson => RegistryJson.Default.BundleConfig;

    protected override JsonTypeInfo<BundleView> ViewJson => RegistryJson.Default.BundleView;

    protected override JsonTypeInfo<Page<BundleView>> PageJson => RegistryJson.Default.PageBundleView;

    protected override IEnumerable<BundleView> Views(IEnumerable<BundleConfig> entries, RegistrySnapshot registry)
    {
        var instances = Users.ByBundle(registry.Config);
        return entries.Select(bundle => BundleView.Of(bundle, instances[bundle.BundleId]));
    }
}
