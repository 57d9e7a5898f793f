using Tutti.Gateway.Storage;

namespace Tutti.FunctionalTests.Registry;

/// <summary>An empty database for one test.</summary>
internal sealed class TestDatabase : IDisposable
{
    readonly string? _directory;

    TestDatabase(StorageProvider provider, string connectionString, string? directory)
    {
        Provider = provider;
        ConnectionString = connectionString;
        _directory = directory;
    }

    public StorageProvider Provider { get; }

    public string ConnectionString { get; }

    /// <summary>The file of a SQLite database.</summary>
    public string File => Path.Combine(_directory!, "tutti.db");

    public static TestDatabase Sqlite() => SqliteIn(Directory.CreateTempSubdirectory("tutti-").FullName);

    /// <summary>A database in a directory that is emptied afterwards.</summary>
    public static TestDatabase SqliteIn(string directory) =>
        new(StorageProvider.Sqlite, $"Data Source={Path.Combine(directory, "tutti.db")}", directory);

    public static async Task<TestDatabase> PostgresAsync()
    {
        var server = await PostgresServer.SharedAsync();
        return new TestDatabase(StorageProvider.PostgreSql, await server.CreateDatabaseAsync(), null);
    }

    public static TestDatabase At(string postgres) => new(StorageProvider.PostgreSql, postgres, null);

    public void Dispose()
    {
        if (_directory is not null)
        {
            foreach (var file in Directory.GetFiles(_directory))
            {
                System.IO.File.Delete(file);
            }
        }
    }
}
