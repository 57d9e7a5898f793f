using Tutti.Gateway.Registry.Rules;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Registry.Editing.Services;

/// <summary>The edits of single services.</summary>
internal sealed class ServiceEdits : EntryEdits<ServiceConfig>
{
    public override string Word => "service";

    protected override string KeyField => "name";

    protected override string UserWord => "user";

    public override string KeyOf(ServiceConfig entry) => entry.Name;

    public override long VersionOf(ServiceConfig entry) => entry.Version;

    public override IReadOnlyList<ServiceConfig> Entries(RegistryConfig registry) => registry.Services;

    protected override ServiceConfig Stamped(ServiceConfig wanted, long version) => ServiceNormalizer.Normalize(wanted) with { Version = version };

    protected override RegistryConfig With(RegistryConfig registry, IReadOnlyList<ServiceConfig> entries) => registry with { Services = entries };

    protected override IReadOnlyList<Fault> Check(ServiceConfig entry, RegistryConfig registry) => ServiceRules.Check(entry, new ServiceFacts(registry));

    protected override IReadOnlyList<string> UsersOf(RegistryConfig registry, string key) => Users.OfService(registry, key);
}
