using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Locator;

/// <summary>What the locator tells the log.</summary>
internal static partial class LocatorLog
{
    [LoggerMessage(EventIds.InstanceChanged, LogLevel.Debug, "Instance {Instance} of {Service} at {Address} is {State}")]
    public static partial void InstanceChanged(this ILogger log, string instance, string service, Uri address, string state);

    [LoggerMessage(EventIds.InstanceOut, LogLevel.Warning, "Instance {Instance} of {Service} at {Address} is out: {State}")]
    public static partial void InstanceOut(this ILogger log, string instance, string service, Uri address, string state);

    [LoggerMessage(EventIds.LeasesNotRead, LogLevel.Error, "Leases cannot be read; those in memory go on, and the database is tried again: {Reason}")]
    public static partial void LeasesNotRead(this ILogger log, string reason);

    [LoggerMessage(EventIds.LeasesRead, LogLevel.Information, "Leases can be read: {Count} instances are known")]
    public static partial void LeasesRead(this ILogger log, int count);

    [LoggerMessage(EventIds.LeasesNotWritten, LogLevel.Error, "{Count} signals and heartbeats were not stored and are refused: {Reason}")]
    public static partial void LeasesNotWritten(this ILogger log, int count, string reason);

    [LoggerMessage(EventIds.BundleStarted, LogLevel.Information, "Bundle {Bundle} signals that instance {Instance} started")]
    public static partial void BundleStarted(this ILogger log, string bundle, string instance);

    [LoggerMessage(EventIds.SourceFailed, LogLevel.Warning, "The source of service {Service} does not answer; what it told stays for a while: {Reason}")]
    public static partial void SourceFailed(this ILogger log, string service, string reason);
}
