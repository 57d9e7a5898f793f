namespace Tutti.Gateway.Caching.Cluster.Invalidations;

/// <summary>A stretch of the log, and where the log ends.</summary>
internal sealed record LogPage(ClusterPosition End, IReadOnlyList<LogEntry> Entries);
