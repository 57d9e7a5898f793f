namespace Tutti.Gateway.Telemetry;

/// <summary>How a call of a part ended, as counters and dashboards tell it.</summary>
internal enum PartEvent
{
    /// <summary>The backend answered.</summary>
    Success,

    /// <summary>The call failed: connection, protocol, body.</summary>
    Failure,

    /// <summary>The part's timeout passed.</summary>
    Timeout,

    /// <summary>The circuit was open.</summary>
    ShortCircuited,

    /// <summary>The pool was full.</summary>
    Rejected,

    /// <summary>The request could not be made into a call: a missing or unusable param.</summary>
    BadRequest,

    /// <summary>The caller left, or its own deadline passed first.</summary>
    Abandoned,

    /// <summary>Local contents answered.</summary>
    Local,

    /// <summary>The cache answered.</summary>
    Cached,
}
