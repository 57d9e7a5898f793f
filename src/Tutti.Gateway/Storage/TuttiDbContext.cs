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
        modelBuilder.Entity<RegistryVersionRow>(version =>
        {
            version.ToTable("RegistryVersions").HasKey(row => row.Id);
            version.Property(row => row.Id).ValueGeneratedNever();
            version.HasData(new RegistryVersionRow { Id = RegistryVersionRow.OnlyId, Version = 1, Stamp = Guid.Empty });
        });
    }
}
