using Tutti.Contracts.Aggregation;

namespace Tutti.Gateway.Calls;

/// <summary>How a call ended: an answer, or a failure. Never an exception.</summary>
internal sealed class PartOutcome : ICallEnd, IDisposable
{
    /// <summary>Null for an answer.</summary>
    public PartFailure? Failure { get; private init; }

    /// <summary>The failure in words.</summary>
    public string? Message { get; private init; }

    /// <summary>The backend's status; 0 for a failure.</summary>
    public int Status { get; init; }

    /// <summary>The reason phrase that the backend sent, or the usual one.</summary>
    public string? Reason { get; init; }

    /// <summary>The media type that is told; null where there is no body.</summary>
    public ContentType? Type { get; init; }

    /// <summary>The body as UTF-8 text; null where there is none.</summary>
    public TextBody? Body { get; set; }

    /// <summary>The raw <c>Set-Cookie</c> lines.</summary>
    public IReadOnlyList<string> SetCookies { get; init; } = [];

    /// <summary>The backend's caching headers, as they came.</summary>
    public CacheHeaders CacheHeaders { get; init; }

    /// <summary>The rules of caching as they were told when the answer was stored; null for one that comes from the backend.</summary>
    public CacheControl? StoredControl { get; init; }

    /// <summary>Whether it is a stored answer.</summary>
    public bool IsFromCache { get; init; }

    /// <summary>Whether local contents stand in for the backend.</summary>
    public bool IsLocal { get; init; }

    /// <summary>How long the call took, from entering the line.</summary>
    public TimeSpan Elapsed { get; set; }

    public static PartOutcome Failed(PartFailure failure, string message) => new() { Failure = failure, Message = message };

    public static PartOutcome Local(string? contents) => new()
    {
        Status = 203,
        IsLocal = true,
        Body = contents is null ? null : TextBody.Of(contents),
    };

    public void Dispose() => Body?.Dispose();
}
