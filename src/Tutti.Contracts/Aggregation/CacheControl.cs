namespace Tutti.Contracts.Aggregation;

/// <summary>The caching rules that a backend gave with its answer.</summary>
/// <param name="NoStore">The answer may not be stored.</param>
/// <param name="NoCache">The answer may be stored, and is validated before each use.</param>
/// <param name="ExpiresAt">When it stops being fresh, in milliseconds since 1970-01-01 UTC.</param>
/// <param name="Etag">The entity tag, quotes included.</param>
/// <param name="LastModified">The <c>Last-Modified</c> header as it came.</param>
public sealed record CacheControl(bool NoStore, bool NoCache, long? ExpiresAt = null, string? Etag = null, string? LastModified = null)
{
    /// <summary>An answer without any caching rule.</summary>
    public static CacheControl None { get; } = new(false, false);
}
