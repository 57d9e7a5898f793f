using Tutti.Gateway.Registry.Rules;

namespace Tutti.Gateway.Registry.Editing;

/// <summary>The edits of single entries of one kind: parts, pools, services and their like.</summary>
internal abstract class EntryEdits<T>
    where T : class
{
    /// <summary>What the kind is called, such as <c>cache group</c>.</summary>
    public abstract string Word { get; }

    /// <summary>The field that holds an entry's key.</summary>
    protected abstract string KeyField { get; }

    public abstract string KeyOf(T entry);

    public abstract long VersionOf(T entry);

    public abstract IReadOnlyList<T> Entries(RegistryConfig registry);

    /// <param name="faults">What was wrong with the form in which the entry came; it is told along with the broken rules.</param>
    public RegistryEdit<T> Create(T wanted, params IReadOnlyList<Fault> faults) => (current, version) =>
    {
        var entry = Stamped(wanted, version);
        var outcome = Place(current, entry, faults);
        return outcome.Refusal is null && Find(current, KeyOf(entry)) is not null
            ? Refused(RefusalKind.Exists, $"There is a {Word} '{KeyOf(entry)}' already. Replace it with PUT, or choose another {KeyField}.")
            : outcome;
    };

    /// <param name="faults">What was wrong with the form in which the entry came.</param>
    public RegistryEdit<T> Replace(string key, T wanted, Precondition precondition, params IReadOnlyList<Fault> faults) => (current, version) =>
    {
        var entry = Stamped(wanted, version);
        return Refuse(current, key, precondition) ?? Place(current, entry, KeyOf(entry) == key ? faults : [.. faults, OtherKey(key)]);
    };

    public RegistryEdit<T> Delete(string key, Precondition precondition) => (current, _) =>
    {
        if (Refuse(current, key, precondition) is { } refused)
        {
            return refused;
        }

        var users = UsersOf(current, key);
        var old = Find(current, key)!;
        return users.Count == 0
            ? EditOutcome<T>.Done(With(current, Entries(current).Without(old)), old)
            : new EditOutcome<T>(null, null, new Refusal(RefusalKind.InUse, $"The {Word} '{key}' is in use by {Users.Name(users, UserWord)}.", []) { UsedBy = users });
    };

    /// <summary>
    /// Puts an entry in place, whether or not there is one: the same edit twice changes nothing the second time. One that differs needs
    /// <see cref="Replace"/>, so that nobody's change is lost.
    /// </summary>
    /// <param name="same">Whether two entries say the same, whatever their versions.</param>
    public RegistryEdit<T> Place(string key, T wanted, Func<T, T, bool> same, params IReadOnlyList<Fault> faults) => (current, version) =>
    {
        var entry = Stamped(wanted, version);
        IReadOnlyList<Fault> all = KeyOf(entry) == key ? faults : [.. faults, OtherKey(key)];
        return Find(current, key) switch
        {
            null => Place(current, entry, all),
            { } old when all.Count == 0 && same(old, entry) => EditOutcome<T>.Done(current, old),
            _ => Refused(RefusalKind.Unconditional, $"The {Word} '{key}' says something else. {Precondition.Wanted}"),
        };
    };

    public T? Find(RegistryConfig registry, string key) => Entries(registry).FirstOrDefault(entry => KeyOf(entry) == key);

    /// <summary>The entry in the form that is stored.</summary>
    protected abstract T Stamped(T wanted, long version);

    protected abstract RegistryConfig With(RegistryConfig registry, IReadOnlyList<T> entries);

    /// <summary>Every rule that an entry breaks within a registry.</summary>
    protected abstract IReadOnlyList<Fault> Check(T entry, RegistryConfig registry);

    /// <summary>What those are called that need the entry.</summary>
    protected virtual string UserWord => "part";

    /// <summary>The entries that need the entry.</summary>
    protected abstract IReadOnlyList<string> UsersOf(RegistryConfig registry, string key);

    protected EditOutcome<T> Missing(string key) => Refused(RefusalKind.Missing, $"There is no {Word} '{key}'.");

    EditOutcome<T>? Refuse(RegistryConfig current, string key, Precondition precondition) => Find(current, key) switch
    {
        null => Missing(key),
        { } old when !precondition.Holds(VersionOf(old)) => Refused(
            RefusalKind.Stale,
            $"The {Word} '{key}' was changed since it was read. Read it again and apply the change to what is there now."),
        _ => null,
    };

    EditOutcome<T> Place(RegistryConfig current, T entry, IReadOnlyList<Fault> faults)
    {
        var next = With(current, Entries(current).With(entry, KeyOf));
        IReadOnlyList<Fault> all = [.. faults, .. Check(entry, next).Outside(faults)];
        return all.Count == 0 ? EditOutcome<T>.Done(next, entry) : Refused(RefusalKind.Invalid, $"The {Word} breaks rules.", all);
    }

    Fault OtherKey(string key) => new(KeyField, $"Must be '{key}', as in the address. To rename a {Word}, make another and delete this one.");

    static EditOutcome<T> Refused(RefusalKind kind, string detail, params IReadOnlyList<Fault> faults) => EditOutcome<T>.Refused(kind, detail, faults);
}
