using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Caching.Fetching;

/// <summary>An answer whose header is there while its body still grows.</summary>
/// <param name="IsShared">Whether others than the one who began the fetch may have it.</param>
/// <param name="IsStored">Whether it will be stored once it is complete.</param>
internal sealed record OpenedAnswer(AnswerFrame Frame, HeaderFields Head, GrowingBody Body, bool IsShared, bool IsStored)
{
    /// <summary>How old it was when it came, in seconds; null where the backend does not say so: it was made for this call.</summary>
    public uint? Age { get; init; }

    /// <summary>The timestamp at which its header came.</summary>
    public required long CameAt { get; init; }

    /// <summary>Whether it is given out before its end: in place of a failure something else may be said.</summary>
    public bool IsPassedOn => Frame.Status < 500;
}
