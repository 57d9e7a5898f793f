using Tutti.Gateway.Registry.Rules;

namespace Tutti.Gateway.Registry.Editing;

/// <summary>The edits of single pools.</summary>
internal sealed class PoolEdits : EntryEdits<PoolConfig>
{
    public override string Word => "pool";

    protected override string KeyField => "key";

    public override string KeyOf(PoolConfig entry) => entry.Key;

    public override long VersionOf(PoolConfig entry) => entry.Version;

    public override IReadOnlyList<PoolConfig> Entries(RegistryConfig registry) => registry.Pools;

    protected override PoolConfig Stamped(PoolConfig wanted, long version) => PartNormalizer.Normalize(wanted) with { Version = version };

    protected override RegistryConfig With(RegistryConfig registry, IReadOnlyList<PoolConfig> entries) => registry with { Pools = entries };

    protected override IReadOnlyList<Fault> Check(PoolConfig entry, RegistryConfig registry) => RegistryRules.Check(entry);

    protected override IReadOnlyList<string> UsersOf(RegistryConfig registry, string key) => Users.OfPool(registry, key);
}
