namespace Tutti.FunctionalTests.Registry;

/// <summary>Services in PostgreSQL.</summary>
public sealed class PostgresServiceTests : ServiceCompliance
{
    internal override Task<TestDatabase> CreateAsync() => TestDatabase.PostgresAsync();
}
