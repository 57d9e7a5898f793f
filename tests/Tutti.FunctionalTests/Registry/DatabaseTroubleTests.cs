using Microsoft.Data.Sqlite;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Registry;

/// <summary>A SQLite file that is locked, damaged, gone, replaced or full.</summary>
public sealed class DatabaseTroubleTests
{
    [Fact]
    public async Task Threat_39_a_locked_database_refuses_writes_and_recovers()
    {
        using var database = TestDatabase.Sqlite();
        await using var node = await RegistryNode.StartAsync(database);
        await node.SeedAsync("a");
        await using (var locking = new SqliteConnection(database.ConnectionString + ";Pooling=false"))
        {
            await locking.OpenAsync(TestContext.Current.CancellationToken);
            await using var transaction = locking.BeginTransaction();
            await ShouldRefuseAsync(node);
        }

        (await node.PostAsync("parts", Some.Part("b"))).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Threat_39_a_file_that_is_gone_is_not_made_anew_and_recovers()
    {
        using var database = TestDatabase.Sqlite();
        await using var node = await RegistryNode.StartAsync(database);
        await node.SeedAsync("a");
        File.Move(database.File, database.File + ".away");
        await ShouldRefuseAsync(node);
        File.Exists(database.File).ShouldBeFalse();
        File.Move(database.File + ".away", database.File);
        (await node.PostAsync("parts", Some.Part("b"))).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Threat_39_garbage_in_place_of_the_file_refuses_writes_and_recovers()
    {
        using var database = TestDatabase.Sqlite();
        await using var node = await RegistryNode.StartAsync(database);
        await node.SeedAsync("a");
        var good = await File.ReadAllBytesAsync(database.File, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(database.File, new string('x', 8_192), TestContext.Current.CancellationToken);
        await ShouldRefuseAsync(node);
        await File.WriteAllBytesAsync(database.File, good, TestContext.Current.CancellationToken);
        (await node.PostAsync("parts", Some.Part("b"))).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Threat_39_an_older_backup_put_in_place_is_taken_over_and_no_version_comes_twice()
    {
        using var database = TestDatabase.Sqlite();
        await using var node = await RegistryNode.StartAsync(database);
        await node.SeedAsync("a");
        File.Copy(database.File, database.File + ".backup");
        var later = await node.PostAsync("parts", Some.Part("later"));
        File.Move(database.File + ".backup", database.File, overwrite: true);
        await Eventually.TrueAsync(() => !node.Registry.Current.Parts.ContainsKey("later"));
        node.Registry.Current.Parts.ShouldContainKey("a");
        var written = await node.PostAsync("parts", Some.Part("b"));
        written.Status.ShouldBe(201);
        await using var again = await RegistryNode.StartAsync(database);
        again.Registry.Current.Parts.Keys.ShouldBe(["a", "b"], ignoreOrder: true);
        later.Status.ShouldBe(201);
    }

    [Fact]
    public async Task Threat_39_a_full_disk_refuses_writes_and_loses_nothing()
    {
        await using var disk = await TinyDisk.MountAsync();
        using var database = TestDatabase.SqliteIn(disk.Directory);
        await using (var node = await RegistryNode.StartAsync(database))
        {
            await node.SeedAsync("a");
            var ballast = Path.Combine(disk.Directory, "ballast");
            await TinyDisk.FillAsync(ballast);
            await ShouldRefuseAsync(node);
            File.Delete(ballast);
            (await node.PostAsync("parts", Some.Part("b"))).Status.ShouldBe(201);
        }

        await using var again = await RegistryNode.StartAsync(database);
        again.Registry.Current.Parts.Keys.ShouldBe(["a", "b"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_sick_row_disables_its_part_and_nothing_else()
    {
        using var database = TestDatabase.Sqlite();
        await using var node = await RegistryNode.StartAsync(database);
        await node.SeedAsync("good", "bad", "worse");
        await ExecuteAsync(database, """
            UPDATE Parts SET Settings = '{broken' WHERE PartId = 'bad';
            UPDATE Parts SET Uri = 'http://${host}/', Method = 'no method' WHERE PartId = 'worse';
            UPDATE RegistryVersions SET Version = Version + 1;
            """);
        await Eventually.TrueAsync(() => node.Registry.Current.Parts["bad"].Faults.Count > 0);
        node.Registry.Current.Parts["good"].Faults.ShouldBeEmpty();
        node.Registry.Current.Parts["worse"].Faults.Select(fault => fault.Field).ShouldBe(["uri", "method"], ignoreOrder: true);
        (await node.GetAsync("parts/bad")).Body!["faults"]!.AsArray().Count.ShouldBe(1);

        (await node.PutAsync("parts/bad", Some.Part("bad"))).Status.ShouldBe(200);
        node.Registry.Current.Parts["bad"].Faults.ShouldBeEmpty();
        node.Registry.Current.Parts["worse"].Faults.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_lock_that_a_killed_migration_left_is_taken_away()
    {
        using var database = TestDatabase.Sqlite();
        await ExecuteAsync(database, """
            CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2020-01-01 00:00:00+00:00');
            """);
        await using var node = await RegistryNode.StartAsync(database);
        node.Registry.IsLoaded.ShouldBeTrue();
    }

    static async Task ShouldRefuseAsync(RegistryNode node)
    {
        var refused = await node.PostAsync("parts", Some.Part("refused"));
        refused.Status.ShouldBe(503);
        refused.MediaType.ShouldBe("application/problem+json");
        refused.RetryAfter.ShouldBe("1");
        node.Registry.Current.Parts.ShouldNotContainKey("refused");
        (await node.GetAsync("parts/a")).Status.ShouldBe(200);
        (await node.GetAsync("parts")).Body!["total"]!.GetValue<int>().ShouldBe(1);
    }

    static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var connection = new SqliteConnection(database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
