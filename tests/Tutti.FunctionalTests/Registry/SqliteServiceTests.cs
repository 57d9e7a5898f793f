namespace Tutti.FunctionalTests.Registry;

/// <summary>Services in SQLite.</summary>
public sealed class SqliteServiceTests : ServiceCompliance
{
    internal override Task<TestDatabase> CreateAsync() => Task.FromResult(TestDatabase.Sqlite());
}
