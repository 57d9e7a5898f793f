using Tutti.Gateway.Registry.Rules;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Registry.Editing.Services;

/// <summary>The edits of single instances.</summary>
internal sealed class InstanceEdits(RegistryRules rules) : EntryEdits<InstanceConfig>
{
    public override string Word => "instance";

    protected override string KeyField => "instanceId";

    public override string KeyOf(InstanceConfig entry) => entry.InstanceId;

    public override long VersionOf(InstanceConfig entry) => entry.Version;

    public override IReadOnlyList<InstanceConfig> Entries(RegistryConfig registry) => registry.Instances;

    protected override InstanceConfig Stamped(InstanceConfig wanted, long version) => ServiceNormalizer.Normalize(wanted) with { Version = version };

    protected override RegistryConfig With(RegistryConfig registry, IReadOnlyList<InstanceConfig> entries) => registry with { Instances = entries };

    protected override IReadOnlyList<Fault> Check(InstanceConfig entry, RegistryConfig registry) => rules.Services.Check(entry, new ServiceFacts(registry));

    protected override IReadOnlyList<string> UsersOf(RegistryConfig registry, string key) => [];
}
