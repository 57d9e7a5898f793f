using Microsoft.EntityFrameworkCore;
using Tutti.Gateway.Registry.Services;
using Tutti.Gateway.Storage;

namespace Tutti.Gateway.Registry.Store;

/// <summary>Writes leases. Their times are the database's own, so that nodes whose clocks differ agree.</summary>
internal static class LeaseRows
{
    const int Batch = 200;
    const string SqliteNow = "CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER)";
    const string PostgresNow = "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";

    /// <summary>Renews leases within the caller's transaction.</summary>
    /// <returns>The number of the write.</returns>
    public static async Task<long> RenewAsync(TuttiDbContext db, IEnumerable<LeaseRenewal> renewals, CancellationToken ct)
    {
        // From here on, other writers of leases wait for this transaction.
        await db.LeaseClocks.ExecuteUpdateAsync(set => set.SetProperty(row => row.Change, row => row.Change + 1), ct);
        var change = await db.LeaseClocks.AsNoTracking().Select(row => row.Change).SingleAsync(ct);
        foreach (var alike in renewals.GroupBy(renewal => renewal.Started))
        {
            foreach (var chunk in alike.Select(renewal => renewal.InstanceId).Distinct(StringComparer.Ordinal).Chunk(Batch))
            {
                await WriteAsync(db, chunk, alike.Key, change, ct);
            }
        }

        return change;
    }

    /// <summary>The row of a bundle that signalled its start before its instance was registered; no instance can have such an id.</summary>
    public static string OfBundle(string bundleId) => $"/{bundleId}";

    public static bool IsOfBundle(string rowId) => rowId.StartsWith('/');

    /// <summary>The database's time in milliseconds since 1970.</summary>
    public static Task<long> NowAsync(TuttiDbContext db, CancellationToken ct)
    {
        var sql = $"SELECT {Now(db)} AS \"Value\"";
        return db.Database.SqlQueryRaw<long>(sql).SingleAsync(ct);
    }

    /// <summary>Begins and ends leases as instances come and go. A new process, at another address, has yet to signal its start.</summary>
    public static async Task FollowAsync(
        TuttiDbContext db, RegistryChange<InstanceConfig> instances, IReadOnlyList<BundleConfig> bundles, CancellationToken ct)
    {
        LeaseRenewal[] fresh =
        [
            .. instances.Added.Select(Begin),
            .. instances.Changed.Where(change => change.New.IsAnotherProcessThan(change.Old)).Select(change => Begin(change.New)),
        ];
        if (fresh.Length > 0)
        {
            await RenewAsync(db, fresh, ct);
            await TakeEarlySignalsAsync(db, instances.Added, bundles, ct);
        }

        foreach (var removed in instances.Removed.Select(instance => instance.InstanceId).Chunk(Batch))
        {
            await db.Leases.Where(row => removed.Contains(row.InstanceId)).ExecuteDeleteAsync(ct);
        }
    }

    /// <summary>A start that was signalled within its time before the instance was registered counts for it, once.</summary>
    static async Task TakeEarlySignalsAsync(TuttiDbContext db, List<InstanceConfig> added, IReadOnlyList<BundleConfig> bundles, CancellationToken ct)
    {
        foreach (var instance in added.Where(instance => instance.Bundle is not null))
        {
            var row = OfBundle(instance.Bundle!);
            if (await db.Leases.AsNoTracking().SingleOrDefaultAsync(lease => lease.InstanceId == row, ct) is not { } early)
            {
                continue;
            }

            await db.Leases.Where(lease => lease.InstanceId == row).ExecuteDeleteAsync(ct);
            var longest = bundles.FirstOrDefault(bundle => bundle.BundleId == instance.Bundle)?.StartTimeout ?? 0;
            if (await NowAsync(db, ct) - early.RenewedAt <= longest)
            {
                await RenewAsync(db, [new LeaseRenewal(instance.InstanceId, true)], ct);
            }
        }
    }

    static Task<int> WriteAsync(TuttiDbContext db, string[] instanceIds, bool? started, long change, CancellationToken ct)
    {
        var (now, number) = (Now(db), instanceIds.Length);
        var rows = string.Join(", ", instanceIds.Select((_, i) => $"({{{i}}}, {{{number}}}, {now}, {{{number + 1}}})"));
        var kept = started is null ? "\"Leases\"" : "excluded";
        var sql = $"""
            INSERT INTO "Leases" ("InstanceId", "Started", "RenewedAt", "Change") VALUES {rows}
            ON CONFLICT ("InstanceId") DO UPDATE
            SET "Started" = {kept}."Started", "RenewedAt" = excluded."RenewedAt", "Change" = excluded."Change"
            """;
        return db.Database.ExecuteSqlRawAsync(sql, [.. instanceIds, started ?? false, change], ct);
    }

    static LeaseRenewal Begin(InstanceConfig instance) => new(instance.InstanceId, instance.Bundle is null);

    static string Now(TuttiDbContext db) => db is SqliteTuttiDbContext ? SqliteNow : PostgresNow;
}
