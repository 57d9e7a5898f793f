namespace Tutti.Gateway.Storage.Rows;

/// <summary>An instance: what is keyed and constrained, and one document for the rest.</summary>
internal sealed class InstanceRow
{
    public required string InstanceId { get; init; }

    public string? Bundle { get; set; }

    /// <summary>All settings as JSON; what is absent has its default, so that old rows stay readable.</summary>
    public required string Settings { get; set; }

    /// <summary>The registry's version at the last change of the row.</summary>
    public long Version { get; set; }
}
