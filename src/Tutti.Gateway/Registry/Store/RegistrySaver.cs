using Microsoft.EntityFrameworkCore;
using Tutti.Gateway.Registry.Services;
using Tutti.Gateway.Storage;

namespace Tutti.Gateway.Registry.Store;

/// <summary>Writes the difference between two states of the registry, within the caller's transaction.</summary>
internal static class RegistrySaver
{
    /// <summary>How many parts are written, or named in one statement, at once: EF's bookkeeping and the databases' limits want few.</summary>
    const int Batch = 500;

    public static async Task SaveAsync(TuttiDbContext db, RegistryConfig before, RegistryConfig after, CancellationToken ct)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var pools = RegistryChange<PoolConfig>.Between(before.Pools, after.Pools, pool => pool.Key);
        var groups = RegistryChange<CacheGroupConfig>.Between(before.CacheGroups, after.CacheGroups, group => group.Name);
        var parts = RegistryChange<PartConfig>.Between(before.Parts, after.Parts, part => part.PartId);

        await SaveServicesAsync(db, before, after, ct);

        // What parts need comes before them, what they needed goes after them.
        Write(db, pools.Added, pools.Changed, PartRows.Pool, pool => pool.Version);
        Write(db, groups.Added, groups.Changed, PartRows.CacheGroup, group => group.Version);
        db.RemoveRange(parts.Removed.Select(PartRows.Part));
        await db.SaveChangesAsync(ct);
        await FreeCircuitKeysAsync(db, parts, ct);
        await DeleteChildrenAsync(db, [.. parts.Changed.Select(change => change.Old.PartId)], ct);
        foreach (var added in parts.Added.Chunk(Batch))
        {
            await SavePartsAsync(db, added, [], ct);
        }

        foreach (var changed in parts.Changed.Chunk(Batch))
        {
            await SavePartsAsync(db, [], changed, ct);
        }

        db.RemoveRange(pools.Removed.Select(PartRows.Pool));
        db.RemoveRange(groups.Removed.Select(PartRows.CacheGroup));
        await db.SaveChangesAsync(ct);
    }

    static async Task SaveServicesAsync(TuttiDbContext db, RegistryConfig before, RegistryConfig after, CancellationToken ct)
    {
        var services = RegistryChange<ServiceConfig>.Between(before.Services, after.Services, service => service.Name);
        var bundles = RegistryChange<BundleConfig>.Between(before.Bundles, after.Bundles, bundle => bundle.BundleId);
        var instances = RegistryChange<InstanceConfig>.Between(before.Instances, after.Instances, instance => instance.InstanceId);
        Write(db, services.Added, services.Changed, ServiceRows.Row, service => service.Version);
        Write(db, bundles.Added, bundles.Changed, ServiceRows.Row, bundle => bundle.Version);
        await db.SaveChangesAsync(ct);
        Write(db, instances.Added, instances.Changed, ServiceRows.Row, instance => instance.Version);
        db.RemoveRange(instances.Removed.Select(ServiceRows.Row));
        await db.SaveChangesAsync(ct);
        await LeaseRows.FollowAsync(db, instances, after.Bundles, ct);
        db.RemoveRange(bundles.Removed.Select(ServiceRows.Row));
        db.RemoveRange(services.Removed.Select(ServiceRows.Row));
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    static async Task SavePartsAsync(TuttiDbContext db, IReadOnlyList<PartConfig> added, IReadOnlyList<(PartConfig Old, PartConfig New)> changed, CancellationToken ct)
    {
        Write(db, added, changed, PartRows.Part, part => part.Version);
        foreach (var part in added.Concat(changed.Select(change => change.New)))
        {
            db.Params.AddRange(PartRows.Params(part));
            db.PartCacheGroups.AddRange(PartRows.CacheGroups(part));
            db.ParamCacheGroups.AddRange(PartRows.ParamCacheGroups(part));
        }

        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    static void Write<TConfig, TRow>(
        TuttiDbContext db, IEnumerable<TConfig> added, IEnumerable<(TConfig Old, TConfig New)> changed, Func<TConfig, TRow> row, Func<TConfig, long> version)
        where TRow : class
    {
        db.AddRange(added.Select(row));
        foreach (var (old, next) in changed)
        {
            db.Update(row(next)).Property(nameof(PartConfig.Version)).OriginalValue = version(old);
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
