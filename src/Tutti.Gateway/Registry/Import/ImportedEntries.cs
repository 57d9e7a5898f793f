namespace Tutti.Gateway.Registry.Import;

/// <summary>Where an import notes what became of pools or cache groups.</summary>
internal sealed record ImportedEntries(List<string> Added, List<EntryChange> Updated, List<Fault> Faults);
