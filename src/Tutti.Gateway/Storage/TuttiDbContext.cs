using Microsoft.EntityFrameworkCore;
using Tutti.Gateway.Storage.Rows;

namespace Tutti.Gateway.Storage;

/// <summary>The tables, the same for every provider. Rows hold no navigations: they are read whole and put together in memory.</summary>
internal abstract class TuttiDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<PartRow> Parts => Set<PartRow>();

    public DbSet<ParamRow> Params => Set<ParamRow>();

    public DbSet<PartCacheGroupRow> PartCacheGroups => Set<PartCacheGroupRow>();

    public DbSet<ParamCacheGroupRow> ParamCacheGroups => Set<ParamCacheGroupRow>();

    public DbSet<PoolRow> Pools => Set<PoolRow>();

    public DbSet<CacheGroupRow> CacheGroups => Set<CacheGroupRow>();

    public DbSet<ServiceRow> Services => Set<ServiceRow>();

    public DbSet<BundleRow> Bundles => Set<BundleRow>();

    public DbSet<InstanceRow> Instances => Set<InstanceRow>();

    public DbSet<LeaseRow> Leases => Set<LeaseRow>();

    public DbSet<LeaseClockRow> LeaseClocks => Set<LeaseClockRow>();

    public DbSet<RegistryVersionRow> RegistryVersions => Set<RegistryVersionRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<PartRow>(part =>
        {
            part.ToTable("Parts").HasKey(row => row.PartId);
            part.HasIndex(row => row.CircuitKey).IsUnique();
            part.HasOne<PoolRow>().WithMany().HasForeignKey(row => row.Pool).OnDelete(DeleteBehavior.Restrict);
            part.Property(row => row.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<ParamRow>(param =>
        {
            param.ToTable("Params").HasKey(row => new { row.PartId, row.Ordinal });
            param.HasOne<PartRow>().WithMany().HasForeignKey(row => row.PartId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<PartCacheGroupRow>(link =>
        {
            link.ToTable("PartCacheGroups").HasKey(row => new { row.PartId, row.CacheGroup });
            link.HasOne<PartRow>().WithMany().HasForeignKey(row => row.PartId).OnDelete(DeleteBehavior.Cascade);
            link.HasOne<CacheGroupRow>().WithMany().HasForeignKey(row => row.CacheGroup).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<ParamCacheGroupRow>(link =>
        {
            link.ToTable("ParamCacheGroups").HasKey(row => new { row.PartId, row.Ordinal, row.CacheGroup });
            link.HasOne<ParamRow>().WithMany().HasForeignKey(row => new { row.PartId, row.Ordinal }).OnDelete(DeleteBehavior.Cascade);
            link.HasOne<CacheGroupRow>().WithMany().HasForeignKey(row => row.CacheGroup).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<PoolRow>(pool =>
        {
            pool.ToTable("Pools").HasKey(row => row.Key);
            pool.Property(row => row.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<CacheGroupRow>(group =>
        {
            group.ToTable("CacheGroups").HasKey(row => row.Name);
            group.Property(row => row.Version).IsConcurrencyToken();
        });
        CreateServices(modelBuilder);
        modelBuilder.Entity<RegistryVersionRow>(version =>
        {
            version.ToTable("RegistryVersions").HasKey(row => row.Id);
            version.Property(row => row.Id).ValueGeneratedNever();
            version.HasData(new RegistryVersionRow { Id = RegistryVersionRow.OnlyId, Version = 1, Stamp = Guid.Empty });
        });
    }

    static void CreateServices(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ServiceRow>(service =>
        {
            service.ToTable("Services").HasKey(row => row.Name);
            service.Property(row => row.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<BundleRow>(bundle =>
        {
            bundle.ToTable("Bundles").HasKey(row => row.BundleId);
            bundle.Property(row => row.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<InstanceRow>(instance =>
        {
            instance.ToTable("Instances").HasKey(row => row.InstanceId);
            instance.HasOne<BundleRow>().WithMany().HasForeignKey(row => row.Bundle).OnDelete(DeleteBehavior.Restrict);
            instance.Property(row => row.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<LeaseRow>(lease =>
        {
            lease.ToTable("Leases").HasKey(row => row.InstanceId);
            lease.HasIndex(row => row.Change);
        });
        modelBuilder.Entity<LeaseClockRow>(clock =>
        {
            clock.ToTable("LeaseClocks").HasKey(row => row.Id);
            clock.Property(row => row.Id).ValueGeneratedNever();
            clock.HasData(new LeaseClockRow { Id = LeaseClockRow.OnlyId, Change = 1 });
        });
    }
}
