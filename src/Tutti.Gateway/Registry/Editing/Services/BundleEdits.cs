using Tutti.Gateway.Registry.Rules;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Registry.Editing.Services;

/// <summary>The edits of single bundles.</summary>
internal sealed class BundleEdits : EntryEdits<BundleConfig>
{
    public override string Word => "bundle";

    protected override string KeyField => "bundleId";

    protected override string UserWord => "instance";

    public override string KeyOf(BundleConfig entry) => entry.BundleId;

    public override long VersionOf(BundleConfig entry) => entry.Version;

    public override IReadOnlyList<BundleConfig> Entries(RegistryConfig registry) => registry.Bundles;

    protected override BundleConfig Stamped(BundleConfig wanted, long version) => ServiceNormalizer.Normalize(wanted) with { Version = version };

    protected override RegistryConfig With(RegistryConfig registry, IReadOnlyList<BundleConfig> entries) => registry with { Bundles = entries };

    protected override IReadOnlyList<Fault> Check(BundleConfig entry, RegistryConfig registry) => ServiceRules.Check(entry, new ServiceFacts(registry));

    protected override IReadOnlyList<string> UsersOf(RegistryConfig registry, string key) => Users.OfBundle(registry, key);
}
