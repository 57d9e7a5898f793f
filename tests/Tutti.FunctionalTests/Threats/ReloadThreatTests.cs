using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Threats;

/// <summary>The registry changes while it is used.</summary>
public sealed class ReloadThreatTests
{
    const int Changes = 60;

    [Fact]
    public async Task Threat_65_parts_that_change_all_the_time_fail_no_request_and_none_sees_half_a_change()
    {
        await using var backend = await Backend.StartAsync(context => context.Response.WriteAsync(context.Request.Path.Value!));
        await using var gateway = await TestGateway.StartAsync();
        var pool = Some.Name("pool");
        PartConfig[] parts = [.. Enumerable.Range(0, 8).Select(_ => Some.Part() with { Pool = pool })];
        await gateway.RegisterAsync(Leading(parts, backend, 0));
        var seen = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);

        // Each change moves all parts in one transaction, so all of one request must lead to one path.
        var editor = Task.Run(async () =>
        {
            for (var change = 1; change <= Changes; change++)
            {
                await gateway.RegisterAsync(Leading(parts, backend, change));
            }
        });
        var workers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!editor.IsCompleted)
            {
                var answers = await gateway.AskAsync([.. parts.Select(part => Some.Ask(part.PartId))]);
                foreach (var answer in answers)
                {
                    answer.ShouldBeGood(answers[0].Contents);
                }

                seen.AddOrUpdate(answers[0].Contents!, 1, (_, count) => count + 1);
            }
        })).ToArray();
        await Task.WhenAll([editor, .. workers]).WaitAsync(Eventually.HangGuard);

        // Many states were seen, the last is in force, and the pool is still the one that let all of them in.
        seen.Count.ShouldBeGreaterThan(Changes / 10);
        (await gateway.AskAsync(Some.Ask(parts[0].PartId)))[0].ShouldBeGood($"/{Changes}");
        (await EnteredAsync(gateway, pool)).ShouldBe((seen.Values.Sum() * parts.Length) + 1);
    }

    static PartConfig[] Leading(PartConfig[] parts, Backend backend, int change) => [.. parts.Select(part => part with { Uri = $"{backend.Url}/{change}" })];

    static async Task<long> EnteredAsync(TestGateway gateway, string pool)
    {
        var states = JsonNode.Parse(await gateway.Management.GetStringAsync($"/admin/api/pool-states?search={pool}"))!;
        return states["items"]!.AsArray().Single()!["entered"]!.GetValue<long>();
    }
}
