namespace Tutti.Gateway.Storage.Rows;

/// <summary>A declared param of a part.</summary>
internal sealed class ParamRow
{
    public required string PartId { get; init; }

    /// <summary>Its place among the part's params, from 0.</summary>
    public int Ordinal { get; init; }

    public required string Name { get; init; }

    public string? InputName { get; init; }

    public required string Kind { get; init; }

    public string? Description { get; init; }

    public bool Required { get; init; }

    public bool Versioned { get; init; }

    public bool MultiSegment { get; init; }
}
