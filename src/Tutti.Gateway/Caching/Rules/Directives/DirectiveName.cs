namespace Tutti.Gateway.Caching.Rules.Directives;

/// <summary>The cache directives that are understood (RFC 9111, 5.2; RFC 5861; RFC 8246).</summary>
internal enum DirectiveName
{
    Unknown,
    Immutable,
    MaxAge,
    MaxStale,
    MinFresh,
    MustRevalidate,
    MustUnderstand,
    NoCache,
    NoStore,
    OnlyIfCached,
    Private,
    ProxyRevalidate,
    Public,
    SharedMaxAge,
    StaleIfError,
    StaleWhileRevalidate,
}
