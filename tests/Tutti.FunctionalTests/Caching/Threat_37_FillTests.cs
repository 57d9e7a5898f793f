using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Caching;

/// <summary>Whoever asks for ever new things takes no more memory than is allowed, and neither delays nor drives out what others ask for.</summary>
public sealed class Threat_37_FillTests
{
    const long MostBytes = 1024 * 1024;
    const int BodyBytes = 4_000;

    [Fact]
    public async Task Threat_37_Thousands_of_unique_requests_stay_within_the_bound_and_leave_what_is_in_use()
    {
        await using var scene = await CacheScene.StartAsync(null, $"Cache:MaxBytes={MostBytes}");
        scene.Answer = context => context.Response.WriteAsync(new string('x', BodyBytes));
        var inUse = await scene.AskAsync(("id", "in use"));
        CacheScene.IsFromCache(await scene.AskAsync(("id", "in use"))).ShouldBeTrue();

        for (var round = 0; round < 20; round++)
        {
            await scene.Gateway.AskAsync([.. Enumerable.Range(0, 100).Select(i => Some.Ask(scene.Part.PartId, ("id", $"{round} {i}")))]);
            var since = Stopwatch.GetTimestamp();
            var answer = await scene.AskAsync(("id", "in use"));

            answer.Contents.ShouldBe(inUse.Contents);
            CacheScene.IsFromCache(answer).ShouldBeTrue();
            Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromSeconds(2));
            (await BytesAsync(scene)).ShouldBeLessThanOrEqualTo(MostBytes);
        }

        scene.Calls.ShouldBe(1 + (20 * 100));
        (await BytesAsync(scene)).ShouldBeGreaterThan(MostBytes / 2);
    }

    [Fact]
    public async Task Threat_37_Invalidations_of_what_nobody_knows_leave_what_is_in_use()
    {
        await using var scene = await CacheScene.StartAsync();
        await scene.AskAsync(("id", "in use"));

        await Parallel.ForAsync(0, 500, async (i, ct) =>
        {
            using var part = await scene.Gateway.Traffic.PostAsync($"/octoparts/2/cache/invalidate/part/unknown-{i}", null, ct);
            using var value = await scene.Gateway.Traffic.PostAsync($"/octoparts/2/cache/invalidate/part/{scene.Part.PartId}/id/{i}", null, ct);
        });

        CacheScene.IsFromCache(await scene.AskAsync(("id", "in use"))).ShouldBeTrue();
    }

    /// <summary>What all entries take, as operators are told.</summary>
    static async Task<long> BytesAsync(CacheScene scene)
    {
        using var view = JsonDocument.Parse(await scene.Gateway.Management.GetStringAsync("/admin/api/cache"));
        return view.RootElement.GetProperty("bytes").GetInt64();
    }
}
