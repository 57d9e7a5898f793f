namespace Tutti.Gateway.Storage.Rows;

/// <summary>A bundle: its id, and one document for the rest.</summary>
internal sealed class BundleRow
{
    public required string BundleId { get; init; }

    /// <summary>All settings as JSON; what is absent has its default, so that old rows stay readable.</summary>
    public required string Settings { get; set; }

    /// <summary>The registry's version at the last change of the row.</summary>
    public long Version { get; set; }
}
