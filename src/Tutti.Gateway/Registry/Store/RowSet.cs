using System.Data;
using Microsoft.EntityFrameworkCore;
using Tutti.Gateway.Storage;
using Tutti.Gateway.Storage.Rows;

namespace Tutti.Gateway.Registry.Store;

/// <summary>All rows of the registry, as they stood at one moment: one query per table.</summary>
internal sealed record RowSet(
    RegistryVersionRow Version,
    List<PartRow> Parts,
    ILookup<string, ParamRow> Params,
    ILookup<string, PartCacheGroupRow> CacheGroupsOfParts,
    ILookup<(string PartId, int Ordinal), ParamCacheGroupRow> CacheGroupsOfParams,
    List<PoolRow> Pools,
    List<CacheGroupRow> CacheGroups,
    List<ServiceRow> Services,
    List<BundleRow> Bundles,
    List<InstanceRow> Instances)
{
    /// <summary>Reads them within a transaction, the caller's or one of its own.</summary>
    public static async Task<RowSet> ReadAsync(TuttiDbContext db, CancellationToken ct)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await BeginReadAsync(db, ct) : null;
        return new RowSet(
            await db.RegistryVersions.AsNoTracking().SingleAsync(ct),
            await db.Parts.AsNoTracking().ToListAsync(ct),
            (await db.Params.AsNoTracking().ToListAsync(ct)).ToLookup(row => row.PartId, StringComparer.Ordinal),
            (await db.PartCacheGroups.AsNoTracking().ToListAsync(ct)).ToLookup(row => row.PartId, StringComparer.Ordinal),
            (await db.ParamCacheGroups.AsNoTracking().ToListAsync(ct)).ToLookup(row => (row.PartId, row.Ordinal)),
            await db.Pools.AsNoTracking().ToListAsync(ct),
            await db.CacheGroups.AsNoTracking().ToListAsync(ct),
            await db.Services.AsNoTracking().ToListAsync(ct),
            await db.Bundles.AsNoTracking().ToListAsync(ct),
            await db.Instances.AsNoTracking().ToListAsync(ct));
    }

    /// <summary>In both databases these transactions see one state and make no writer wait.</summary>
    static async Task<IAsyncDisposable> BeginReadAsync(TuttiDbContext db, CancellationToken ct)
    {
        if (db is not SqliteTuttiDbContext)
        {
            return await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        }

        await db.Database.OpenConnectionAsync(ct);
        var connection = (Microsoft.Data.Sqlite.SqliteConnection)db.Database.GetDbConnection();
        var transaction = connection.BeginTransaction(deferred: true);
        return (await db.Database.UseTransactionAsync(transaction, ct))!;
    }
}
