using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Tutti.Gateway.Storage;

/// <summary>Opens contexts on the configured database.</summary>
internal sealed class TuttiDatabase
{
    readonly Func<TuttiDbContext> _open;
    readonly Func<TuttiDbContext> _openToMigrate;

    public TuttiDatabase(IOptions<StorageOptions> options, ILoggerFactory loggers)
    {
        Provider = options.Value.Provider;
        if (Provider is StorageProvider.Sqlite)
        {
            var existing = SqliteOptions(options.Value, SqliteOpenMode.ReadWrite, loggers);
            var creating = SqliteOptions(options.Value, SqliteOpenMode.ReadWriteCreate, loggers);
            _open = () => new SqliteTuttiDbContext(existing);
            _openToMigrate = () => new SqliteTuttiDbContext(creating);
        }
        else
        {
            var configured = PostgresOptions(options.Value, loggers);
            _open = _openToMigrate = () => new PostgresTuttiDbContext(configured);
        }
    }

    public StorageProvider Provider { get; }

    public TuttiDbContext Open() => _open();

    /// <summary>Opens a database that may not exist yet. Any other use of a vanished file must fail instead of starting an empty one.</summary>
    public TuttiDbContext OpenToMigrate() => _openToMigrate();

    static DbContextOptions<SqliteTuttiDbContext> SqliteOptions(StorageOptions options, SqliteOpenMode mode, ILoggerFactory loggers)
    {
        // Without pooling, a file that was replaced is noticed: a pooled connection would go on writing to the old one.
        var connection = new SqliteConnectionStringBuilder(options.ConnectionString)
        {
            Mode = mode,
            Pooling = false,
            DefaultTimeout = options.TimeoutSeconds,
        };
        var builder = new DbContextOptionsBuilder<SqliteTuttiDbContext>()
            .UseSqlite(connection.ConnectionString, sqlite => sqlite.CommandTimeout(options.TimeoutSeconds))
            .AddInterceptors(new SqlitePragmas());
        Quieten(builder, loggers);
        return builder.Options;
    }

    static DbContextOptions<PostgresTuttiDbContext> PostgresOptions(StorageOptions options, ILoggerFactory loggers)
    {
        var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            Timeout = options.TimeoutSeconds,
            ApplicationName = "tutti",
        };
        var builder = new DbContextOptionsBuilder<PostgresTuttiDbContext>()
            .UseNpgsql(connection.ConnectionString, postgres => postgres.CommandTimeout(options.TimeoutSeconds));
        Quieten(builder, loggers);
        return builder.Options;
    }

    /// <summary>Trouble is logged once, where it is handled; EF's own messages are for those who look for them.</summary>
    static void Quieten(DbContextOptionsBuilder builder, ILoggerFactory loggers) => builder
        .UseLoggerFactory(loggers)
        .ConfigureWarnings(warnings => warnings
            .Ignore(CoreEventId.ManyServiceProvidersCreatedWarning)
            .Log(
                (RelationalEventId.CommandExecuted, LogLevel.Debug),
                (RelationalEventId.CommandError, LogLevel.Debug),
                (RelationalEventId.ConnectionError, LogLevel.Debug),
                (RelationalEventId.TransactionError, LogLevel.Debug),
                (RelationalEventId.MigrationApplying, LogLevel.Information),
                (CoreEventId.SaveChangesFailed, LogLevel.Debug),
                (CoreEventId.QueryIterationFailed, LogLevel.Debug),
                (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug)));
}
