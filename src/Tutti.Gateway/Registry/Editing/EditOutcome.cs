namespace Tutti.Gateway.Registry.Editing;

/// <summary>How an edit ended: the next state of the registry, or why there is none.</summary>
/// <typeparam name="T">What the editor wants to know of the edit.</typeparam>
internal sealed record EditOutcome<T>(RegistryConfig? Next, T? Value, Refusal? Refusal)
    where T : class
{
    public static EditOutcome<T> Done(RegistryConfig next, T value) => new(next, value, null);

    public static EditOutcome<T> Refused(RefusalKind kind, string detail, params IReadOnlyList<Fault> faults) =>
        new(null, null, new Refusal(kind, detail, faults));
}
