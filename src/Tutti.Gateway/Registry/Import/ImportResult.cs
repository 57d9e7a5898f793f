namespace Tutti.Gateway.Registry.Import;

/// <summary>The difference that an import made, or would make.</summary>
internal sealed record ImportResult
{
    /// <summary>Whether nothing was changed because only the difference was asked for.</summary>
    public bool DryRun { get; init; }

    public required string Mode { get; init; }

    /// <summary>One sentence for people.</summary>
    public string Message { get; init; } = "";

    public List<string> Added { get; } = [];

    public List<EntryChange> Updated { get; } = [];

    /// <summary>Registered already, and exactly as in the file.</summary>
    public List<string> Unchanged { get; } = [];

    /// <summary>Registered already and left as they are.</summary>
    public List<string> Skipped { get; } = [];

    /// <summary>Written more than once in the file, each time the same.</summary>
    public List<string> Collapsed { get; } = [];

    public List<string> PoolsAdded { get; } = [];

    public List<EntryChange> PoolsUpdated { get; } = [];

    public List<string> CacheGroupsAdded { get; } = [];

    public List<EntryChange> CacheGroupsUpdated { get; } = [];

    /// <summary>What the file says of pools and cache groups and does not count.</summary>
    public List<string> Warnings { get; } = [];
}
