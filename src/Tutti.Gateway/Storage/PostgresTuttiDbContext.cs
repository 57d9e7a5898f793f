using Microsoft.EntityFrameworkCore;

namespace Tutti.Gateway.Storage;

/// <summary>The tables in PostgreSQL, with migrations of their own.</summary>
internal sealed class PostgresTuttiDbContext(DbContextOptions<PostgresTuttiDbContext> options) : TuttiDbContext(options);
