using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Tutti.Gateway.Storage;

/// <summary>Tells trouble with the database from mistakes of the program.</summary>
internal static class StorageTrouble
{
    const int SqliteError = 1;
    const int SqliteConstraint = 19;

    /// <summary>Whether the database could not be reached, was locked, was full or answered badly.</summary>
    public static bool Is(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is DbException or TimeoutException or IOException)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the database, or a table, is not there yet.</summary>
    public static bool IsNotMade(DbException exception) => exception
        is SqliteException { SqliteErrorCode: SqliteError }
        or PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidCatalogName };

    /// <summary>Whether the database refused a change because another one came first.</summary>
    public static bool IsConflict(Exception exception) => exception is DbUpdateConcurrencyException
        || exception.GetBaseException() is SqliteException { SqliteErrorCode: SqliteConstraint }
        || (exception.GetBaseException() is PostgresException postgres && postgres.SqlState.StartsWith("23", StringComparison.Ordinal));
}
