namespace Tutti.Gateway.Caching.Cluster.Invalidations;

/// <summary>How far an invalidation got by the time its maker stopped waiting.</summary>
/// <param name="Sequence">Its number in the cluster; null while it waits for Redis.</param>
/// <param name="Reached">How many nodes Redis handed it to, this one included.</param>
/// <param name="Confirmed">How many of them have said that they applied it.</param>
internal readonly record struct InvalidationResult(long? Sequence, int Reached, int Confirmed)
{
    /// <summary>There is no cluster: nobody else is to be told.</summary>
    public static InvalidationResult Alone => new(0, 0, 0);

    /// <summary>Redis is away: the others are told when it is back.</summary>
    public bool IsQueued => Sequence is null;

    public bool IsConfirmed => !IsQueued && Confirmed >= Reached;
}
