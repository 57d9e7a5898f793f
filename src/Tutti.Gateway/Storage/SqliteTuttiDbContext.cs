using Microsoft.EntityFrameworkCore;

namespace Tutti.Gateway.Storage;

/// <summary>The tables in SQLite, with migrations of their own.</summary>
internal sealed class SqliteTuttiDbContext(DbContextOptions<SqliteTuttiDbContext> options) : TuttiDbContext(options);
