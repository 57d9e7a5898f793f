using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Registry;

/// <summary>The registry in PostgreSQL.</summary>
public sealed class PostgresRegistryTests : RegistryCompliance
{
    internal override Task<TestDatabase> CreateAsync() => TestDatabase.PostgresAsync();

    [Fact]
    public async Task Killed_and_started_again_it_is_written_to_and_listened_to_again()
    {
        await using var server = await PostgresServer.StartOwnAsync();
        using var database = TestDatabase.At(await server.CreateDatabaseAsync());
        await using var one = await RegistryNode.StartAsync(database);
        await using var two = await RegistryNode.StartAsync(database);
        await one.SeedAsync("a");
        await Eventually.TrueAsync(() => two.Registry.Current.Parts.ContainsKey("a"));
        await server.KillAsync();

        var refused = await one.PostAsync("parts", Some.Part("b"));
        refused.Status.ShouldBe(503);
        refused.RetryAfter.ShouldBe("1");
        (await one.GetAsync("parts/a")).Status.ShouldBe(200);
        (await one.GetAsync("export")).Status.ShouldBe(200);
        two.Registry.Current.Parts.ShouldContainKey("a");

        await server.StartAsync();
        Answer stored;
        do
        {
            stored = await one.PostAsync("parts", Some.Part("c"));
        }
        while (stored.Status == 503);
        stored.Status.ShouldBe(201);
        await Eventually.TrueAsync(() => two.Registry.Current.Parts.ContainsKey("c"));
        one.Registry.Current.Parts.ShouldNotContainKey("b");
    }

    [Fact]
    public async Task Absent_at_the_start_it_is_waited_for()
    {
        await using var server = await PostgresServer.StartOwnAsync();
        using var database = TestDatabase.At(await server.CreateDatabaseAsync());
        await server.KillAsync();
        await using var node = await RegistryNode.StartAsync(database, loaded: false);
        node.Registry.IsLoaded.ShouldBeFalse();
        (await node.PostAsync("pools", """{"key":"p"}""")).Status.ShouldBe(503);
        await server.StartAsync();
        await Eventually.TrueAsync(() => node.Registry.IsLoaded);
        (await node.PostAsync("pools", """{"key":"p"}""")).Status.ShouldBe(201);
    }
}
