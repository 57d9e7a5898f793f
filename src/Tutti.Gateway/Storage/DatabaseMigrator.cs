using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Tutti.Gateway.Storage;

/// <summary>Brings the tables up to date, once per start.</summary>
internal sealed class DatabaseMigrator(TuttiDatabase database, TimeProvider clock, ILogger<DatabaseMigrator> log)
{
    static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(5);

    bool _done;

    /// <summary>Applies what is pending; after it once succeeded, does nothing.</summary>
    public async Task MigrateAsync(CancellationToken ct)
    {
        if (_done)
        {
            return;
        }

        await using var db = database.OpenToMigrate();
        if (!await IsCurrentAsync(db, ct))
        {
            await ApplyAsync(db, ct);
        }

        _done = true;
    }

    /// <summary>Whether the newest migration is applied. EF's own answer builds a model for it, which a start would wait for.</summary>
    static async Task<bool> IsCurrentAsync(TuttiDbContext db, CancellationToken ct)
    {
        try
        {
            await db.Database.OpenConnectionAsync(ct);
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = """SELECT MAX("MigrationId") FROM "__EFMigrationsHistory";""";
            return await command.ExecuteScalarAsync(ct) as string == db.Database.GetMigrations().Last();
        }
        catch (DbException e) when (StorageTrouble.IsNotMade(e))
        {
            return false;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    async Task ApplyAsync(TuttiDbContext db, CancellationToken ct)
    {
        string[] pending = [.. await db.Database.GetPendingMigrationsAsync(ct)];
        if (pending.Length == 0)
        {
            return;
        }

        if (database.Provider is StorageProvider.Sqlite)
        {
            await FreeStaleLockAsync(db, ct);
        }

        await db.Database.MigrateAsync(ct);
        StorageLog.Migrated(log, pending.Length, pending[^1]);
    }

    /// <summary>A process killed while migrating leaves EF's lock row behind, and EF would wait for it for ever.</summary>
    async Task FreeStaleLockAsync(TuttiDbContext db, CancellationToken ct)
    {
        var tables = await db.Database
            .SqlQuery<int>($"SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'")
            .SingleAsync(ct);
        if (tables > 0)
        {
            var before = clock.GetUtcNow().UtcDateTime - StaleAfter;
            await db.Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock WHERE datetime(Timestamp) < datetime({before})", ct);
        }
    }
}
