using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Caching;

/// <summary>What a fetch came to: an answer, or a failure.</summary>
/// <param name="Entry">The answer, stored or not; null for a failure.</param>
/// <param name="Failure">The failure; null for an answer.</param>
internal sealed record CacheAnswer(CacheEntry? Entry, PartOutcome? Failure)
{
    /// <summary>Whether those may have it who waited for another's call.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether it is a stored answer: one that the backend confirmed, or that stands in for its failure.</summary>
    public bool IsFromCache { get; init; }

    /// <summary>Whether another node had it, so that no call was made.</summary>
    public bool IsFound { get; init; }

    /// <summary>The backend's status, where another answer is given than the backend sent; null where it sent none.</summary>
    public int? BackendStatus { get; init; }

    /// <summary>Whether it was stored.</summary>
    public bool IsStored { get; init; }

    public static CacheAnswer Failed(PartOutcome failure) => new(null, failure) { IsShared = true };
}
