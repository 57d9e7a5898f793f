namespace Tutti.Gateway.Calls;

/// <summary>Why a call has no answer of its backend.</summary>
internal enum PartFailure
{
    /// <summary>No part of that id is registered.</summary>
    UnknownPart,

    /// <summary>The part is registered with faults.</summary>
    Disabled,

    /// <summary>A required param has no value.</summary>
    MissingParams,

    /// <summary>A value cannot be sent where its param goes.</summary>
    UnusableParam,

    /// <summary>The part's own timeout passed.</summary>
    TimedOut,

    /// <summary>The request's deadline passed before the part's.</summary>
    OutOfTime,

    /// <summary>The caller left.</summary>
    CallerLeft,

    /// <summary>The circuit is open.</summary>
    CircuitOpen,

    /// <summary>The pool and its queue are full.</summary>
    PoolFull,

    /// <summary>The backend's name, address or port could not be reached, or its certificate was refused.</summary>
    Unreachable,

    /// <summary>The backend was silent for longer than its read timeout.</summary>
    Silent,

    /// <summary>The connection broke, or what came is not HTTP.</summary>
    BrokenAnswer,

    /// <summary>Headers or body are larger than allowed.</summary>
    TooLarge,

    /// <summary>The body's encoding or charset is unknown, or the body does not hold to it.</summary>
    Undecodable,
}
