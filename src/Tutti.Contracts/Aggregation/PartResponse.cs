namespace Tutti.Contracts.Aggregation;

/// <summary>The answer of one part. Optional fields are left out when empty, never null on the wire.</summary>
public sealed record PartResponse
{
    /// <summary>The part that was asked for.</summary>
    public required string PartId { get; init; }

    /// <summary>The id of the part request; the part id if it had none.</summary>
    public required string Id { get; init; }

    /// <summary>Cookies that the backend set.</summary>
    public IReadOnlyList<Cookie> Cookies { get; init; } = [];

    /// <summary>The backend's status, 200 to 599; 203 for local contents; absent where no answer came.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The media type of the contents, without parameters.</summary>
    public string? MimeType { get; init; }

    /// <summary>The charset that the backend declared.</summary>
    public string? Charset { get; init; }

    /// <summary>How the backend's answer may be cached.</summary>
    public CacheControl CacheControl { get; init; } = CacheControl.None;

    /// <summary>The body, decoded to text; absent for HEAD, 204 and failures.</summary>
    public string? Contents { get; init; }

    /// <summary>Remarks that do not make the answer unusable, such as a deprecation.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why there is no usable answer; empty on success.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>Whether the answer came from the cache.</summary>
    public bool RetrievedFromCache { get; init; }

    /// <summary>Whether the part's local contents answered for the backend.</summary>
    public bool RetrievedFromLocalContents { get; init; }
}
