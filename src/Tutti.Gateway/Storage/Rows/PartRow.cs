namespace Tutti.Gateway.Storage.Rows;

/// <summary>A part: columns for what is keyed, searched or constrained, and one document for the rest.</summary>
internal sealed class PartRow
{
    public required string PartId { get; init; }

    public required string Owner { get; set; }

    public string? Description { get; set; }

    public required string Method { get; set; }

    public required string Uri { get; set; }

    public required string Pool { get; set; }

    public required string CircuitKey { get; set; }

    public string? DeprecatedInFavourOf { get; set; }

    /// <summary>In milliseconds.</summary>
    public int Timeout { get; set; }

    /// <summary>In milliseconds.</summary>
    public long? CacheTtl { get; set; }

    /// <summary>All other settings as JSON; what is absent has its default, so that old rows stay readable.</summary>
    public required string Settings { get; set; }

    /// <summary>The registry's version at the last change of the row.</summary>
    public long Version { get; set; }
}
