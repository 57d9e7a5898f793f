namespace Tutti.Gateway.Calls;

/// <summary>How one attempt of a call ended, as far as another attempt depends on it.</summary>
internal interface ICallEnd
{
    /// <summary>Null for an answer.</summary>
    PartFailure? Failure { get; }

    /// <summary>The backend's status; 0 for a failure.</summary>
    int Status { get; }
}
