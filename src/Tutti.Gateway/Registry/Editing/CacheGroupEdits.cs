using Tutti.Gateway.Registry.Rules;

namespace Tutti.Gateway.Registry.Editing;

/// <summary>The edits of single cache groups.</summary>
internal sealed class CacheGroupEdits : EntryEdits<CacheGroupConfig>
{
    public override string Word => "cache group";

    protected override string KeyField => "name";

    public override string KeyOf(CacheGroupConfig entry) => entry.Name;

    public override long VersionOf(CacheGroupConfig entry) => entry.Version;

    public override IReadOnlyList<CacheGroupConfig> Entries(RegistryConfig registry) => registry.CacheGroups;

    protected override CacheGroupConfig Stamped(CacheGroupConfig wanted, long version) => PartNormalizer.Normalize(wanted) with { Version = version };

    protected override RegistryConfig With(RegistryConfig registry, IReadOnlyList<CacheGroupConfig> entries) => registry with { CacheGroups = entries };

    protected override IReadOnlyList<Fault> Check(CacheGroupConfig entry, RegistryConfig registry) => RegistryRules.Check(entry);

    protected override IReadOnlyList<string> UsersOf(RegistryConfig registry, string key) => Users.OfCacheGroup(registry, key);
}
