namespace Tutti.Gateway.Caching.Rules.Directives;

/// <summary>The directives of a response that are there or not.</summary>
[Flags]
internal enum ResponseMarks
{
    None = 0,
    Immutable = 1,
    MustRevalidate = 2,
    MustUnderstand = 4,
    NoCache = 8,
    NoStore = 16,
    Private = 32,
    ProxyRevalidate = 64,
    Public = 128,

    /// <summary>They come from a targeted field: <c>Cache-Control</c> and <c>Expires</c> are as good as absent (RFC 9213).</summary>
    Targeted = 256,
}
