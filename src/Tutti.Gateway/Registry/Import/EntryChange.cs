namespace Tutti.Gateway.Registry.Import;

/// <summary>An entry that an import changes.</summary>
/// <param name="Id">The part's id, the pool's key or the cache group's name.</param>
internal sealed record EntryChange(string Id, IReadOnlyList<FieldChange> Changes);
