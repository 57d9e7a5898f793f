using Microsoft.EntityFrameworkCore;
using Tutti.Gateway.Storage;

namespace Tutti.Gateway.Registry.Store;

/// <summary>Writes the difference between two states of the registry, within the caller's transaction.</summary>
internal static class RegistrySaver
{
    /// <summary>How many ids one statement names: SQLite and PostgreSQL limit the number of their parameters.</summary>
    const int Batch = 500;

    public static async Task SaveAsync(TuttiDbContext db, RegistryConfig before, RegistryConfig after, CancellationToken ct)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        Track(db, RegistryChange<PoolConfig>.Between(before.Pools, after.Pools, pool => pool.Key), PartRows.Pool, pool => pool.Version);
        Track(db, RegistryChange<CacheGroupConfig>.Between(before.CacheGroups, after.CacheGroups, group => group.Name), PartRows.CacheGroup, group => group.Version);
        var parts = RegistryChange<PartConfig>.Between(before.Parts, after.Parts, part => part.PartId);
        await FreeCircuitKeysAsync(db, parts, ct);
        await DeleteChildrenAsync(db, [.. parts.Changed.Select(change => change.Old.PartId)], ct);
        Track(db, parts, PartRows.Part, part => part.Version);
        foreach (var part in parts.Added.Concat(parts.Changed.Select(change => change.New)))
        {
            db.Params.AddRange(PartRows.Params(part));
            db.PartCacheGroups.AddRange(PartRows.CacheGroups(part));
            db.ParamCacheGroups.AddRange(PartRows.ParamCacheGroups(part));
        }

        await db.SaveChangesAsync(ct);
    }

    static void Track<TConfig, TRow>(TuttiDbContext db, RegistryChange<TConfig> change, Func<TConfig, TRow> row, Func<TConfig, long> version)
        where TConfig : class
        where TRow : class
    {
        db.AddRange(change.Added.Select(row));
        db.RemoveRange(change.Removed.Select(row));
        foreach (var (old, next) in change.Changed)
        {
            var entry = db.Update(row(next));
            entry.Property(nameof(PartConfig.Version)).OriginalValue = version(old);
        }
    }

    /// <summary>Parts may exchange their circuit keys in one edit, which the unique index would refuse half-way.</summary>
    static async Task FreeCircuitKeysAsync(TuttiDbContext db, RegistryChange<PartConfig> parts, CancellationToken ct)
    {
        var moved = parts.Changed
            .Where(change => (change.Old.Circuit.Key ?? change.Old.PartId) != (change.New.Circuit.Key ?? change.New.PartId))
            .Select(change => change.Old.PartId);
        foreach (var ids in moved.Chunk(Batch))
        {
            await db.Parts.Where(row => ids.Contains(row.PartId)).ExecuteUpdateAsync(set => set.SetProperty(row => row.CircuitKey, row => "\t" + row.PartId), ct);
        }
    }

    static async Task DeleteChildrenAsync(TuttiDbContext db, string[] partIds, CancellationToken ct)
    {
        foreach (var ids in partIds.Chunk(Batch))
        {
            await db.Params.Where(row => ids.Contains(row.PartId)).ExecuteDeleteAsync(ct);
            await db.PartCacheGroups.Where(row => ids.Contains(row.PartId)).ExecuteDeleteAsync(ct);
        }
    }
}
