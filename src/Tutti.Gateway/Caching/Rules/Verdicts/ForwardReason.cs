namespace Tutti.Gateway.Caching.Rules.Verdicts;

/// <summary>Why a request went to the backend (RFC 9211, 2.2).</summary>
internal enum ForwardReason
{
    /// <summary>The cache was told not to handle it.</summary>
    Bypass,

    /// <summary>Its method cannot be answered from the cache.</summary>
    Method,

    /// <summary>Nothing is stored under the URI.</summary>
    UriMiss,

    /// <summary>Something is stored under the URI, but for other request fields.</summary>
    VaryMiss,

    /// <summary>Nothing that could be used is stored.</summary>
    Miss,

    /// <summary>A fresh response is stored, but the client wants a fetch.</summary>
    Request,

    /// <summary>What is stored is stale.</summary>
    Stale,

    /// <summary>A part of what was asked for is stored.</summary>
    Partial,
}
