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
        var pending = await PendingAsync(db, ct);
        if (pending.Count > 0)
        {
            if (database.Provider is StorageProvider.Sqlite)
            {
                await FreeStaleLockAsync(db, ct);
            }

            await db.Database.MigrateAsync(ct);
            StorageLog.Migrated(log, pending.Count, pending[^1]);
        }

        _done = true;
    }

    static async Task<List<string>> PendingAsync(TuttiDbContext db, CancellationToken ct) =>
        [.. await db.Database.GetPendingMigrationsAsync(ct)];

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
