using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Caching;

/// <summary>Those who miss the same on several nodes at once cost one call, and whoever makes it may fail.</summary>
public sealed class Threat_35_ClusterTests
{
    readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Threat_35_A_thousand_who_miss_the_same_on_two_nodes_cost_one_call()
    {
        await using var scene = await ClusterScene.StartPatientAsync();
        scene.Answer = _ => Task.Delay(500);

        var versions = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(i => scene.AskAsync(scene.Both[i % 2])));

        versions.Length.ShouldBe(1_000);
        scene.Backend.Requests.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Threat_35_A_node_whose_call_fails_hands_over_to_the_other()
    {
        await using var scene = await ClusterScene.StartPatientAsync();
        scene.Answer = async context =>
        {
            if (_began.TrySetResult())
            {
                await _release.Task;
                context.Abort();
            }
        };
        var leader = scene.One.AskAsync(Some.Ask(scene.PartId, ("id", "a")));
        await _began.Task.WaitAsync(Eventually.HangGuard);
        var follower = scene.AskAsync(scene.Other);

        _release.SetResult();

        (await leader)[0].Errors.ShouldNotBeEmpty();
        (await follower).ShouldBe(scene.Version);
        scene.Backend.Requests.Length.ShouldBe(2);
    }

    [Theory]
    [InlineData(5_000, 1_000)]
    [InlineData(1_500, 2_000)]
    public async Task Threat_35_A_process_that_is_killed_in_mid_fetch_hands_over_within_the_parts_timeout(int timeout, int lockTime)
    {
        await using var scene = await ClusterScene.StartAsync(isRedisUp: true, $"Redis:LockMs={lockTime}");
        await ClusterScene.AdministerAsync(scene.One, HttpMethod.Put, $"parts/{scene.PartId}", scene.PartJson("parts").Replace("5000", $"{timeout}", StringComparison.Ordinal));
        await using var doomed = await GatewayProcess.StartAsync(scene.NodeSettings);
        await Eventually.TrueAsync(async () => (await doomed.Management.GetStringAsync("/metrics")).Contains("tutti_redis_in_step 1", StringComparison.Ordinal));
        await Eventually.TrueAsync(async () => (await scene.Other.Management.GetStringAsync($"/admin/api/parts/{scene.PartId}")).Contains($"\"timeout\":{timeout}", StringComparison.Ordinal));
        scene.Answer = _ => _began.TrySetResult() ? _release.Task : Task.CompletedTask;
        var lost = doomed.Traffic.GetAsync($"/parts/{scene.PartId}?id=a");
        await _began.Task.WaitAsync(Eventually.HangGuard);

        var followers = Enumerable.Range(0, 100).Select(i => scene.AskAsync(scene.Both[i % 2])).ToArray();
        await doomed.KillAsync();

        await Should.ThrowAsync<HttpRequestException>(lost);
        (await Task.WhenAll(followers)).ShouldAllBe(version => version == scene.Version);
        scene.Backend.Requests.Length.ShouldBeLessThanOrEqualTo(3);
        _release.SetResult();
    }
}
