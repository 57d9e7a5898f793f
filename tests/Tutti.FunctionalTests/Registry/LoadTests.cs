using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Tutti.Gateway.Registry.Store;
using Tutti.Gateway.Storage;

namespace Tutti.FunctionalTests.Registry;

/// <summary>A large registry is loaded by as many queries as a small one.</summary>
public sealed class LoadTests
{
    [Fact]
    public async Task A_load_asks_once_per_table_however_many_parts_there_are()
    {
        using var database = TestDatabase.Sqlite();
        await using var node = await RegistryNode.StartAsync(database);
        await node.SeedAsync("a");
        await node.PostAsync("parts", Some.FullPart("full"));
        var few = await CountAsync(database);
        var file = (await node.GetAsync("export")).Body!.AsArray();
        for (var n = 0; n < 1_000; n++)
        {
            var part = file[1]!.DeepClone();
            part["partId"] = $"part{n}";
            part["hystrixConfig"]!["commandKey"] = $"part{n}";
            file.Add(part);
        }

        (await node.PostAsync("import", file.ToJsonString())).Body!["added"]!.AsArray().Count.ShouldBe(1_000);

        var many = await CountAsync(database);
        many.Parts.ShouldBe(1_002);
        many.Queries.ShouldBe(few.Queries);
        many.Queries.ShouldBe(10);
    }

    static async Task<(int Queries, int Parts)> CountAsync(TestDatabase database)
    {
        var counter = new Counter();
        var options = new DbContextOptionsBuilder<SqliteTuttiDbContext>().UseSqlite(database.ConnectionString + ";Pooling=false").AddInterceptors(counter).Options;
        await using var db = new SqliteTuttiDbContext(options);
        var rows = await RowSet.ReadAsync(db, TestContext.Current.CancellationToken);
        return (counter.Count, RegistryReader.Read(rows).Parts.Count);
    }

    sealed class Counter : DbCommandInterceptor
    {
        public int Count { get; private set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Count++;
            return ValueTask.FromResult(result);
        }
    }
}
