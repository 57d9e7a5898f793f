namespace Tutti.Gateway.Registry.Editing;

/// <summary>Says why an edit was not made.</summary>
/// <param name="Detail">A sentence for people.</param>
/// <param name="Faults">Each broken rule.</param>
internal sealed record Refusal(RefusalKind Kind, string Detail, IReadOnlyList<Fault> Faults)
{
    /// <summary>The ids of the entries that need the one to be deleted.</summary>
    public IReadOnlyList<string> UsedBy { get; init; } = [];
}
