using Tutti.Gateway.Registry.Rules;

namespace Tutti.Gateway.Registry.Editing;

/// <summary>The edits of single pools.</summary>
internal static class PoolEdits
{
    static readonly Func<PoolConfig, string> Key = pool => pool.Key;

    public static RegistryEdit<PoolConfig> Create(PoolConfig wanted) => (current, version) =>
    {
        var pool = PartNormalizer.Normalize(wanted) with { Version = version };
        return Find(current, pool.Key) is null
            ? Place(current, pool)
            : EditOutcome<PoolConfig>.Refused(RefusalKind.Exists, $"There is a pool '{pool.Key}' already. Replace it with PUT, or choose another name.");
    };

    public static RegistryEdit<PoolConfig> Replace(string key, PoolConfig wanted, Precondition precondition) => (current, version) =>
    {
        if (Find(current, key) is not { } old)
        {
            return Missing(key);
        }

        if (!precondition.Holds(old.Version))
        {
            return Stale(key);
        }

        var pool = PartNormalizer.Normalize(wanted) with { Version = version };
        return pool.Key == key
            ? Place(current, pool)
            : EditOutcome<PoolConfig>.Refused(RefusalKind.Invalid, "The pool breaks rules.", new Fault("key", $"Must be '{key}', as in the address"));
    };

    public static RegistryEdit<PoolConfig> Delete(string key, Precondition precondition) => (current, _) =>
    {
        if (Find(current, key) is not { } old)
        {
            return Missing(key);
        }

        if (!precondition.Holds(old.Version))
        {
            return Stale(key);
        }

        var users = Users.OfPool(current, key);
        return users.Count == 0
            ? EditOutcome<PoolConfig>.Done(current with { Pools = current.Pools.Without(old) }, old)
            : new EditOutcome<PoolConfig>(null, null, new Refusal(RefusalKind.InUse, $"The pool '{key}' is in use by {Users.Name(users)}.", []) { UsedBy = users });
    };

    static EditOutcome<PoolConfig> Place(RegistryConfig current, PoolConfig pool)
    {
        var faults = RegistryRules.Check(pool);
        return faults.Count == 0
            ? EditOutcome<PoolConfig>.Done(current with { Pools = current.Pools.With(pool, Key) }, pool)
            : EditOutcome<PoolConfig>.Refused(RefusalKind.Invalid, "The pool breaks rules.", faults);
    }

    static PoolConfig? Find(RegistryConfig current, string key) => current.Pools.FirstOrDefault(pool => pool.Key == key);

    static EditOutcome<PoolConfig> Missing(string key) => EditOutcome<PoolConfig>.Refused(RefusalKind.Missing, $"There is no pool '{key}'.");

    static EditOutcome<PoolConfig> Stale(string key) => EditOutcome<PoolConfig>.Refused(
        RefusalKind.Stale,
        $"The pool '{key}' was changed since it was read. Read it again and apply the change to what is there now.");
}
