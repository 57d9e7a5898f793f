using Tutti.Gateway.Caching.Fetching;

namespace Tutti.Gateway.Caching;

/// <summary>What one who waited for a fetch gets: the whole answer, or one whose body still grows. It waits until it is disposed.</summary>
internal sealed class CacheReply(Fetch? fetch, OpenedAnswer? opened, CacheAnswer? answer) : IDisposable
{
    /// <summary>The answer whose body still grows; null where <see cref="Answer"/> is there.</summary>
    public OpenedAnswer? Opened => opened;

    public CacheAnswer? Answer => answer;

    /// <summary>Whether another's call brought it.</summary>
    public bool IsCollapsed { get; init; }

    public void Dispose() => fetch?.Leave();
}
