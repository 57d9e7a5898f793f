using Tutti.Gateway.Proxy;
using Tutti.Gateway.ProxyCache.Entries;

namespace Tutti.Gateway.ProxyCache.Fetching;

/// <summary>What a fetch came to for those who waited for it.</summary>
/// <param name="Answer">The answer, stored or not; null where there is none for them.</param>
/// <param name="Problem">Why there is no answer of the service; null where it answered.</param>
/// <param name="IsUnshared">Whether the answer is for one alone, so that nobody waits for another again.</param>
internal sealed record FetchResult(StoredAnswer? Answer, ProxyProblem? Problem, bool IsUnshared = false)
{
    /// <summary>The answer is for the one who asked alone.</summary>
    public static FetchResult Unshared { get; } = new(null, null, IsUnshared: true);

    /// <summary>It was given up: whoever waits begins anew.</summary>
    public static FetchResult GivenUp { get; } = new(null, null);
}
