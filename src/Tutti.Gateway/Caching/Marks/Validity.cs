namespace Tutti.Gateway.Caching.Marks;

/// <summary>What invalidations leave of a stored answer. The higher, the less.</summary>
internal enum Validity
{
    Valid,

    /// <summary>Softly invalidated: stale until it is fetched again.</summary>
    Stale,

    /// <summary>Not to be served any more.</summary>
    Gone,
}
