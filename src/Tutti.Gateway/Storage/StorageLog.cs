using Microsoft.Extensions.Logging;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Storage;

/// <summary>What the database's side says in the log.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(EventIds.DatabaseMigrated, LogLevel.Information, "Applied {Count} migrations to the database, up to {Migration}")]
    public static partial void Migrated(ILogger log, int count, string migration);

    [LoggerMessage(EventIds.ListeningForChanges, LogLevel.Information, "Listening on {Channel} for changes by other nodes")]
    public static partial void Listening(ILogger log, string channel);

    [LoggerMessage(EventIds.NotListeningForChanges, LogLevel.Warning, "Cannot listen for changes by other nodes and relies on polling until it can: {Reason}")]
    public static partial void NotListening(ILogger log, string reason);
}
