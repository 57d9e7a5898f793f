using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Tutti.Gateway.Storage;

/// <summary>
/// Sets up each connection to SQLite: readers do not wait for writers (WAL), and what was acknowledged survives a power cut
/// (with synchronous=NORMAL it would not).
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    const string Pragmas = "PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
