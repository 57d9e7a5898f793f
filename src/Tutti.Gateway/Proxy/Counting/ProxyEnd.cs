namespace Tutti.Gateway.Proxy.Counting;

/// <summary>How a proxied request ended, as metrics tell it.</summary>
internal enum ProxyEnd
{
    /// <summary>An instance answered, with a status below 500.</summary>
    Success,

    /// <summary>An instance answered with a status from 500 up.</summary>
    ServerError,

    /// <summary>No connection, or it broke before the answer.</summary>
    Failure,

    /// <summary>No connection, no answer or no data in time.</summary>
    Timeout,

    /// <summary>The circuit was open.</summary>
    CircuitOpen,

    /// <summary>The pool was full.</summary>
    PoolFull,

    /// <summary>No instance is in.</summary>
    NoInstance,

    /// <summary>The request could not be sent as it was.</summary>
    BadRequest,

    /// <summary>The client left.</summary>
    Abandoned,
}
