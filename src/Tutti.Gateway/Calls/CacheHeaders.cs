namespace Tutti.Gateway.Calls;

/// <summary>The headers of an answer that say how it may be cached, unparsed.</summary>
internal readonly record struct CacheHeaders(string? CacheControl, string? ETag, string? LastModified);
