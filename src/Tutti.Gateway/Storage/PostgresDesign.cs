using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Tutti.Gateway.Storage;

/// <summary>Lets the EF tools make migrations for PostgreSQL; they do not connect.</summary>
internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresTuttiDbContext>
{
    public PostgresTuttiDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresTuttiDbContext>().UseNpgsql("Host=localhost;Database=tutti").Options);
}
