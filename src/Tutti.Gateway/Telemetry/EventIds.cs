namespace Tutti.Gateway.Telemetry;

/// <summary>The numbers of all log events; one range per folder.</summary>
internal static class EventIds
{
    // Storage and Registry: 1000 to 1999.
    public const int DatabaseMigrated = 1000;
    public const int ListeningForChanges = 1001;
    public const int NotListeningForChanges = 1002;
    public const int RegistryLoaded = 1100;
    public const int RegistryNotLoaded = 1101;
    public const int RegistryChanged = 1102;
    public const int RegistryWriteFailed = 1103;
    public const int EntryDisabled = 1104;
    public const int RegistryReachable = 1105;

    // Locator: 2000 to 2999.
    public const int InstanceChanged = 2000;
    public const int InstanceOut = 2001;
    public const int LeasesNotRead = 2002;
    public const int LeasesRead = 2003;
    public const int LeasesNotWritten = 2004;
    public const int BundleStarted = 2005;
    public const int SourceFailed = 2006;

    // Caching: 4000 to 4999.
    public const int ClusterInStep = 4000;
    public const int RedisAway = 4001;
    public const int InvalidationsMissed = 4002;
    public const int InvalidationsMerged = 4003;
    public const int FollowingFailed = 4004;
    public const int InvalidationsUntold = 4005;
}
