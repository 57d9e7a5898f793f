namespace Tutti.FunctionalTests.Registry;

/// <summary>The registry in a SQLite file.</summary>
public sealed class SqliteRegistryTests : RegistryCompliance
{
    internal override Task<TestDatabase> CreateAsync() => Task.FromResult(TestDatabase.Sqlite());
}
