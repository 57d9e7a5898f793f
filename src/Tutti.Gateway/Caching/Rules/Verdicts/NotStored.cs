namespace Tutti.Gateway.Caching.Rules.Verdicts;

/// <summary>Why a response is not stored.</summary>
internal enum NotStored
{
    /// <summary>Only what GET brings is stored (RFC 9111, 3; HEAD freshens: 4.3.5).</summary>
    Method,

    /// <summary>No final status, one of a part or a condition, or one that <c>must-understand</c> rules out.</summary>
    Status,

    /// <summary>The body has no end (RFC 9111, 3.3).</summary>
    Incomplete,

    /// <summary>The client said <c>no-store</c>.</summary>
    RequestNoStore,

    NoStore,
    Private,

    /// <summary>The request had credentials and the response does not say that it is for all (RFC 9111, 3.5).</summary>
    Credentials,

    SetCookie,

    /// <summary>Neither a lifetime nor <c>public</c> nor a status that allows storing by itself (RFC 9111, 3).</summary>
    NotCacheable,

    /// <summary><c>Vary: *</c>, or a Vary that cannot be read: no request would match (RFC 9111, 4.1).</summary>
    VariesByAll,

    /// <summary>It is never fresh and cannot be validated.</summary>
    OfNoUse,
}
