using Microsoft.Extensions.Logging;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Registry.Store;

/// <summary>What the registry says in the log.</summary>
internal static partial class RegistryLog
{
    [LoggerMessage(EventIds.RegistryLoaded, LogLevel.Information, "Loaded version {Version} of the registry: {Parts} parts in {Milliseconds} ms")]
    public static partial void Loaded(ILogger log, long version, int parts, long milliseconds);

    [LoggerMessage(EventIds.RegistryNotLoaded, LogLevel.Error, "The database cannot be read; traffic goes on with what is in memory, and the database is tried again: {Reason}")]
    public static partial void NotLoaded(ILogger log, string reason);

    [LoggerMessage(EventIds.RegistryReachable, LogLevel.Information, "The database can be read again")]
    public static partial void Reachable(ILogger log);

    [LoggerMessage(EventIds.RegistryChanged, LogLevel.Information, "Stored version {Version} of the registry")]
    public static partial void Changed(ILogger log, long version);

    [LoggerMessage(EventIds.RegistryWriteFailed, LogLevel.Error, "A change of the registry was not stored: {Reason}")]
    public static partial void WriteFailed(ILogger log, string reason);

    [LoggerMessage(EventIds.EntryDisabled, LogLevel.Warning, "{Kind} {Id} is disabled: {Faults}")]
    public static partial void Disabled(ILogger log, string kind, string id, string faults);
}
