using System.Globalization;

namespace Tutti.Gateway.Caching.Cluster;

/// <summary>How far a node has applied the invalidations of the cluster.</summary>
/// <param name="Epoch">Which counter the number is of: another one after Redis has lost the old.</param>
/// <param name="Sequence">The number of the invalidation that was applied last.</param>
internal readonly record struct ClusterPosition(ulong Epoch, long Sequence)
{
    /// <summary>The position of a node that never met the cluster.</summary>
    public static ClusterPosition None => default;

    public bool IsNone => Epoch == 0;

    public string EpochText => EpochToText(Epoch);

    public static string EpochToText(ulong epoch) => epoch.ToString("x16", CultureInfo.InvariantCulture);
}
