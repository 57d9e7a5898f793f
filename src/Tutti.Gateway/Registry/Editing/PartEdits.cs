using Tutti.Gateway.Registry.Rules;

namespace Tutti.Gateway.Registry.Editing;

/// <summary>The edits of single parts.</summary>
internal sealed class PartEdits(RegistryRules rules)
{
    static readonly Func<PartConfig, string> Key = part => part.PartId;

    public RegistryEdit<PartConfig> Create(PartConfig wanted) => (current, version) =>
    {
        var part = PartNormalizer.Normalize(wanted) with { Version = version };
        return Find(current, part.PartId) is null
            ? Place(current, part)
            : EditOutcome<PartConfig>.Refused(RefusalKind.Exists, $"There is a part '{part.PartId}' already. Replace it with PUT, or choose another id.");
    };

    public RegistryEdit<PartConfig> Replace(string partId, PartConfig wanted, Precondition precondition) => (current, version) =>
    {
        if (Find(current, partId) is not { } old)
        {
            return Missing(partId);
        }

        if (!precondition.Holds(old.Version))
        {
            return Stale(partId);
        }

        var part = PartNormalizer.Normalize(wanted) with { Version = version };
        return part.PartId == partId
            ? Place(current, part)
            : EditOutcome<PartConfig>.Refused(
                RefusalKind.Invalid,
                "The part breaks rules.",
                new Fault("partId", $"Must be '{partId}', as in the address. To rename a part, copy it and delete the old one."));
    };

    public static RegistryEdit<PartConfig> Delete(string partId, Precondition precondition) => (current, _) => Find(current, partId) switch
    {
        null => Missing(partId),
        { } old when !precondition.Holds(old.Version) => Stale(partId),
        { } old => EditOutcome<PartConfig>.Done(current with { Parts = current.Parts.Without(old) }, old),
    };

    /// <summary>Copies a part; without a new id, <c>_</c> is appended to id and circuit key until both are unused.</summary>
    public RegistryEdit<PartConfig> Copy(string partId, string? newId, string? newOwner) => (current, version) =>
    {
        if (Find(current, partId) is not { } source)
        {
            return Missing(partId);
        }

        var facts = new RegistryFacts(current);
        var id = string.IsNullOrWhiteSpace(newId) ? Unused($"{partId}_", key => facts.PartIds.Contains(key)) : newId.Trim();
        var wantedKey = source.Circuit.Key is null ? id : $"{source.Circuit.Key}_";
        var key = Unused(wantedKey, name => facts.PartsByCircuit.Contains(name));
        return Create(source with { PartId = id, Owner = newOwner ?? source.Owner, Circuit = source.Circuit with { Key = key } })(current, version);
    };

    EditOutcome<PartConfig> Place(RegistryConfig current, PartConfig part)
    {
        var next = current with { Parts = current.Parts.With(part, Key), Unreadable = Without(current.Unreadable, part.PartId) };
        var faults = rules.Check(part, new RegistryFacts(next));
        return faults.Count == 0
            ? EditOutcome<PartConfig>.Done(next, part)
            : EditOutcome<PartConfig>.Refused(RefusalKind.Invalid, "The part breaks rules.", faults);
    }

    static IReadOnlyDictionary<string, Fault> Without(IReadOnlyDictionary<string, Fault> unreadable, string partId) => unreadable.ContainsKey(partId)
        ? unreadable.Where(pair => pair.Key != partId).ToDictionary(StringComparer.Ordinal)
        : unreadable;

    static string Unused(string wanted, Func<string, bool> isUsed)
    {
        while (isUsed(wanted))
        {
            wanted += "_";
        }

        return wanted;
    }

    static PartConfig? Find(RegistryConfig current, string partId) => current.Parts.FirstOrDefault(part => part.PartId == partId);

    static EditOutcome<PartConfig> Missing(string partId) =>
        EditOutcome<PartConfig>.Refused(RefusalKind.Missing, $"There is no part '{partId}'.");

    static EditOutcome<PartConfig> Stale(string partId) => EditOutcome<PartConfig>.Refused(
        RefusalKind.Stale,
        $"The part '{partId}' was changed since it was read. Read it again and apply the change to what is there now.");
}
