namespace Tutti.Gateway.Registry.Admin;

/// <summary>How a part is copied.</summary>
internal sealed record CopyRequest
{
    /// <summary>The id of the copy; the part's own with <c>_</c> appended until it is unused, if absent.</summary>
    public string? PartId { get; init; }

    /// <summary>The owner of the copy; the part's own if absent.</summary>
    public string? Owner { get; init; }
}
