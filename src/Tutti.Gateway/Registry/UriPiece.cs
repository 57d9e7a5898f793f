namespace Tutti.Gateway.Registry;

/// <summary>A stretch of a URI template: literal text, or the place of a path param.</summary>
internal readonly record struct UriPiece(string Literal, string? Placeholder = null, bool InQuery = false, bool MultiSegment = false);
