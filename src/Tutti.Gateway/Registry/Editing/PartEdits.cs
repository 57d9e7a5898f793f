using Tutti.Gateway.Registry.Rules;

namespace Tutti.Gateway.Registry.Editing;

/// <summary>The edits of single parts.</summary>
internal sealed class PartEdits(RegistryRules rules) : EntryEdits<PartConfig>
{
    public override string Word => "part";

    protected override string KeyField => "partId";

    public override string KeyOf(PartConfig entry) => entry.PartId;

    public override long VersionOf(PartConfig entry) => entry.Version;

    public override IReadOnlyList<PartConfig> Entries(RegistryConfig registry) => registry.Parts;

    /// <summary>Copies a part; without a new id, <c>_</c> is appended to id and circuit key until both are unused.</summary>
    public RegistryEdit<PartConfig> Copy(string partId, string? newId, string? newOwner, params IReadOnlyList<Fault> faults) => (current, version) =>
    {
        if (Find(current, partId) is not { } source)
        {
            return Missing(partId);
        }

        var facts = new RegistryFacts(current);
        var id = string.IsNullOrWhiteSpace(newId) ? Unused($"{partId}_", key => facts.PartIds.Contains(key)) : newId.Trim();
        var wantedKey = source.Circuit.Key is null ? id : $"{source.Circuit.Key}_";
        var key = Unused(wantedKey, name => facts.PartsByCircuit.Contains(name));
        return Create(source with { PartId = id, Owner = newOwner ?? source.Owner, Circuit = source.Circuit with { Key = key } }, faults)(current, version);
    };

    protected override PartConfig Stamped(PartConfig wanted, long version) => PartNormalizer.Normalize(wanted) with { Version = version };

    protected override RegistryConfig With(RegistryConfig registry, IReadOnlyList<PartConfig> entries) => registry with
    {
        Parts = entries,
        Unreadable = registry.Unreadable.Count == 0 ? registry.Unreadable : StillUnreadable(registry, entries),
    };

    protected override IReadOnlyList<Fault> Check(PartConfig entry, RegistryConfig registry) => rules.Check(entry, new RegistryFacts(registry));

    protected override IReadOnlyList<string> UsersOf(RegistryConfig registry, string key) => [];

    /// <summary>What could not be read of a part is of no interest once the part was written anew.</summary>
    Dictionary<string, Fault> StillUnreadable(RegistryConfig registry, IReadOnlyList<PartConfig> entries) => entries
        .Where(part => registry.Unreadable.ContainsKey(part.PartId) && ReferenceEquals(part, Find(registry, part.PartId)))
        .ToDictionary(part => part.PartId, part => registry.Unreadable[part.PartId], StringComparer.Ordinal);

    static string Unused(string wanted, Func<string, bool> isUsed)
    {
        while (isUsed(wanted))
        {
            wanted += "_";
        }

        return wanted;
    }
}
