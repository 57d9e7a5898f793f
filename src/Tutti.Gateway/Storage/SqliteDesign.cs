using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Tutti.Gateway.Storage;

/// <summary>Lets the EF tools make migrations for SQLite.</summary>
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteTuttiDbContext>
{
    public SqliteTuttiDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteTuttiDbContext>().UseSqlite(StorageOptions.DefaultConnectionString).Options);
}
