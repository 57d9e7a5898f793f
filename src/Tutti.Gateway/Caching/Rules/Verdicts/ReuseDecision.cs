namespace Tutti.Gateway.Caching.Rules.Verdicts;

/// <summary>What a stored response is good for.</summary>
internal enum ReuseDecision
{
    /// <summary>It answers another request than this one.</summary>
    NoMatch,

    Fresh,

    /// <summary>Stale, and the client takes it as it is.</summary>
    StaleAccepted,

    /// <summary>Stale; it is used now and fetched anew behind the answer.</summary>
    StaleWhileRevalidate,

    /// <summary>It must be validated; where the backend fails it is used as it is.</summary>
    ValidateOrStale,

    /// <summary>It must be validated.</summary>
    Validate,

    /// <summary>The client wants no call to the backend, and without one there is no answer: 504 (RFC 9111, 5.2.1.7).</summary>
    GatewayTimeout,
}
