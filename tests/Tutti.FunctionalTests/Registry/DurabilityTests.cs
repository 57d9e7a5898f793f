using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Storage;

namespace Tutti.FunctionalTests.Registry;

/// <summary>What was acknowledged is there after the process, or the power, went.</summary>
public sealed class DurabilityTests
{
    [Fact]
    public async Task Threat_40_kill_9_while_writing_loses_nothing_that_was_acknowledged()
    {
        using var database = TestDatabase.Sqlite();
        var port = FreePort();
        var acknowledged = new ConcurrentQueue<string>();
        for (var round = 0; round < 3; round++)
        {
            using var process = Start(database, port);
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            await UntilReadyAsync(http);
            if (round == 0)
            {
                (await PostAsync(http, "pools", """{"key":"p"}""")).ShouldBeTrue();
            }

            var writing = WriteAsync(http, round, acknowledged);
            var enough = acknowledged.Count + 10;
            await Eventually.TrueAsync(() => acknowledged.Count >= enough);
            process.Kill(entireProcessTree: true);
            await writing;
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        acknowledged.ShouldNotBeEmpty();
        await using var again = await RegistryNode.StartAsync(database);
        acknowledged.Except(again.Registry.Current.Parts.Keys).ShouldBeEmpty();
        again.Registry.Current.Parts.Values.ShouldAllBe(part => part.Faults.Count == 0 && part.Params.Length == 2);
    }

    [Fact]
    public async Task Threat_40_commits_reach_the_disk_before_they_are_acknowledged()
    {
        using var database = TestDatabase.Sqlite();
        await using var node = await RegistryNode.StartAsync(database);
        var storage = new TuttiDatabase(Options.Create(new StorageOptions { ConnectionString = database.ConnectionString }), NullLoggerFactory.Instance);
        await using var db = storage.Open();
        (await db.Database.SqlQuery<int>($"SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync(TestContext.Current.CancellationToken)).ShouldBe(2);
        (await db.Database.SqlQuery<string>($"SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync(TestContext.Current.CancellationToken)).ShouldBe("wal");
        (await db.Database.SqlQuery<int>($"SELECT foreign_keys AS Value FROM pragma_foreign_keys").SingleAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    static async Task WriteAsync(HttpClient http, int round, ConcurrentQueue<string> acknowledged)
    {
        try
        {
            for (var i = 0; i < 10_000; i++)
            {
                var id = $"part-{round}-{i}";
                if (await PostAsync(http, "parts", Some.Part(id, ""","params":[{"name":"a","in":"query"},{"name":"b","in":"query"}]""")))
                {
                    acknowledged.Enqueue(id);
                }
            }
        }
        catch (HttpRequestException)
        {
            // Killed.
        }
    }

    static async Task<bool> PostAsync(HttpClient http, string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri($"/admin/api/{path}", UriKind.Relative), content);
        return (int)answer.StatusCode == 201;
    }

    static Process Start(TestDatabase database, int port) => Process.Start(new ProcessStartInfo(
        "dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "tutti.dll"), "serve", "--Tutti:Traffic:Url=http://127.0.0.1:0", $"--Tutti:Management:Url=http://127.0.0.1:{port}",
            $"--Tutti:Storage:ConnectionString={database.ConnectionString}",
        ])
    {
        RedirectStandardOutput = true,
    })!;

    static async Task UntilReadyAsync(HttpClient http)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/admin/api/export", UriKind.Relative), patience.Token);
                using var ready = await http.GetAsync(new Uri("/readyz", UriKind.Relative), patience.Token);
                if (answer.IsSuccessStatusCode && ready.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(50, patience.Token);
        }
    }

    static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        return ((System.Net.IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
