namespace Tutti.Gateway.Caching.Cluster.Invalidations;

/// <summary>Where a message came to stand in the log, and how many nodes were told.</summary>
internal sealed record Appended(ClusterPosition Position, int Receivers);
