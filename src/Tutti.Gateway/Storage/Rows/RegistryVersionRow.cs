namespace Tutti.Gateway.Storage.Rows;

/// <summary>The one row that every change of the registry rewrites in its own transaction; it also makes writers wait for each other.</summary>
internal sealed class RegistryVersionRow
{
    public const int OnlyId = 1;

    public int Id { get; init; }

    public long Version { get; set; }

    /// <summary>Random per change: tells two states apart whose versions are equal because a backup was put back.</summary>
    public Guid Stamp { get; set; }
}
