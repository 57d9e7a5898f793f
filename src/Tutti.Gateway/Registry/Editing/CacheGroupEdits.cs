using Tutti.Gateway.Registry.Rules;

namespace Tutti.Gateway.Registry.Editing;

/// <summary>The edits of single cache groups.</summary>
internal static class CacheGroupEdits
{
    static readonly Func<CacheGroupConfig, string> Key = group => group.Name;

    public static RegistryEdit<CacheGroupConfig> Create(CacheGroupConfig wanted) => (current, version) =>
    {
        var group = PartNormalizer.Normalize(wanted) with { Version = version };
        return Find(current, group.Name) is null
            ? Place(current, group)
            : EditOutcome<CacheGroupConfig>.Refused(RefusalKind.Exists, $"There is a cache group '{group.Name}' already. Replace it with PUT, or choose another name.");
    };

    public static RegistryEdit<CacheGroupConfig> Replace(string key, CacheGroupConfig wanted, Precondition precondition) => (current, version) =>
    {
        if (Find(current, key) is not { } old)
        {
            return Missing(key);
        }

        if (!precondition.Holds(old.Version))
        {
            return Stale(key);
        }

        var group = PartNormalizer.Normalize(wanted) with { Version = version };
        return group.Name == key
            ? Place(current, group)
            : EditOutcome<CacheGroupConfig>.Refused(RefusalKind.Invalid, "The cache group breaks rules.", new Fault("name", $"Must be '{key}', as in the address"));
    };

    public static RegistryEdit<CacheGroupConfig> Delete(string key, Precondition precondition) => (current, _) =>
    {
        if (Find(current, key) is not { } old)
        {
            return Missing(key);
        }

        if (!precondition.Holds(old.Version))
        {
            return Stale(key);
        }

        var users = Users.OfCacheGroup(current, key);
        return users.Count == 0
            ? EditOutcome<CacheGroupConfig>.Done(current with { CacheGroups = current.CacheGroups.Without(old) }, old)
            : new EditOutcome<CacheGroupConfig>(null, null, new Refusal(RefusalKind.InUse, $"The cache group '{key}' is in use by {Users.Name(users)}.", []) { UsedBy = users });
    };

    static EditOutcome<CacheGroupConfig> Place(RegistryConfig current, CacheGroupConfig group)
    {
        var faults = RegistryRules.Check(group);
        return faults.Count == 0
            ? EditOutcome<CacheGroupConfig>.Done(current with { CacheGroups = current.CacheGroups.With(group, Key) }, group)
            : EditOutcome<CacheGroupConfig>.Refused(RefusalKind.Invalid, "The cache group breaks rules.", faults);
    }

    static CacheGroupConfig? Find(RegistryConfig current, string key) => current.CacheGroups.FirstOrDefault(group => group.Name == key);

    static EditOutcome<CacheGroupConfig> Missing(string key) => EditOutcome<CacheGroupConfig>.Refused(RefusalKind.Missing, $"There is no cache group '{key}'.");

    static EditOutcome<CacheGroupConfig> Stale(string key) => EditOutcome<CacheGroupConfig>.Refused(
        RefusalKind.Stale,
        $"The cache group '{key}' was changed since it was read. Read it again and apply the change to what is there now.");
}
