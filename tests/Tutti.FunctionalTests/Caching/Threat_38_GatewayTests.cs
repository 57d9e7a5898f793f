using System.Diagnostics;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Caching.Cluster;

namespace Tutti.FunctionalTests.Caching;

/// <summary>Whatever happens to Redis, two whole gateways go on answering, and agree again when it is back.</summary>
public sealed class Threat_38_GatewayTests
{
    /// <summary>Far above what the settings allow, and far below a hang.</summary>
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Threat_38_Down_when_the_gateways_start()
    {
        await using var scene = await ClusterScene.StartAsync(isRedisUp: false);

        await GoesOnAsync(scene);
        await scene.Redis.RunAsync();
        await AgreeAsync(scene);
    }

    [Fact]
    public async Task Threat_38_Killed_in_mid_run_and_back_with_what_it_had()
    {
        await using var scene = await ClusterScene.StartAsync();
        await WarmAsync(scene);
        await scene.Redis.SaveAsync();

        await scene.Redis.KillAsync();
        await GoesOnAsync(scene);
        await scene.Redis.RunAsync();
        await AgreeAsync(scene);
    }

    [Fact]
    public async Task Threat_38_Killed_in_mid_run_and_back_empty()
    {
        await using var scene = await ClusterScene.StartAsync();
        await WarmAsync(scene);

        await scene.Redis.KillAsync();
        await GoesOnAsync(scene);
        await scene.Redis.RunAsync();
        await AgreeAsync(scene);
    }

    [Fact]
    public async Task Threat_38_Standing_still()
    {
        await using var scene = await ClusterScene.StartAsync();
        await WarmAsync(scene);

        await scene.Redis.PauseAsync();
        await GoesOnAsync(scene);
        await scene.Redis.ResumeAsync();
        await AgreeAsync(scene);
    }

    [Fact]
    public async Task Threat_38_Slower_than_the_gateways_wait()
    {
        await using var scene = await ClusterScene.StartAsync();
        await WarmAsync(scene);

        // It ends by itself: while it lasts, Redis takes no command that could end it.
        await scene.Redis.SendAsync("CLIENT", "PAUSE", "2500", "ALL");
        await GoesOnAsync(scene);
        await AgreeAsync(scene);
    }

    [Fact]
    public async Task What_the_others_were_not_told_is_said_to_whoever_invalidated()
    {
        await using var scene = await ClusterScene.StartPatientAsync();
        string[] paths = ["part/{0}", "part/{0}/id/a", "cacheGroup/parts", "cacheGroup/values/params/a", "/admin/api/cache/invalidate", "key"];

        foreach (var path in paths)
        {
            (await NodesAsync(path)).ShouldBe("reached=2, confirmed=2", path);
        }

        await scene.Redis.KillAsync();
        await scene.AwayAsync();
        foreach (var path in paths)
        {
            (await NodesAsync(path)).ShouldBe("queued", path);
        }

        async Task<string> NodesAsync(string path)
        {
            using var told = await scene.InvalidateAsync(scene.One, path);
            return told.Headers.GetValues("Tutti-Nodes").ShouldHaveSingleItem();
        }
    }

    /// <summary>Both have an old answer in memory.</summary>
    static async Task WarmAsync(ClusterScene scene)
    {
        await scene.AskAsync(scene.One);
        await scene.AskAsync(scene.Other);
    }

    /// <summary>Without Redis everything is answered in time, and what a node is told to forget it forgets.</summary>
    static async Task GoesOnAsync(ClusterScene scene)
    {
        await WarmAsync(scene);
        foreach (var node in scene.Both)
        {
            var before = scene.Backend.Requests.Length;
            for (var i = 0; i < 10; i++)
            {
                await InTimeAsync(scene.AskAsync(node, Some.Name("new")));
                (await InTimeAsync(scene.AskAsync(node))).ShouldBe(scene.Version);
            }

            scene.Backend.Requests.Length.ShouldBe(before + 10);
        }

        var version = scene.Raise();
        using var told = await InTimeAsync(scene.InvalidateAsync(scene.One, "part/{0}"));

        told.Headers.GetValues("Tutti-Nodes").ShouldBe(["queued"]);
        (await InTimeAsync(scene.AskAsync(scene.One))).ShouldBe(version);
        await InTimeAsync(scene.AskAsync(scene.Other));
    }

    /// <summary>The other node hears of it, and from then on the two share everything again.</summary>
    static async Task AgreeAsync(ClusterScene scene)
    {
        await scene.InStepAsync();
        await Eventually.TrueAsync(async () => await scene.AskAsync(scene.Other) == scene.Version);
        (await scene.AskAsync(scene.One)).ShouldBe(scene.Version);
        await Eventually.TrueAsync(() => scene.One.Get<ClusterNode>().WaitingInvalidations == 0);

        var version = scene.Raise();
        using var told = await scene.InvalidateAsync(scene.Other, "part/{0}");
        await Eventually.TrueAsync(async () => await scene.AskAsync(scene.One) == version && await scene.AskAsync(scene.Other) == version);

        await Eventually.TrueAsync(() => IsSharedAsync(scene));
    }

    /// <summary>Whether one node takes from Redis what the other has fetched; a loaded machine may miss a limit of time now and then.</summary>
    static async Task<bool> IsSharedAsync(ClusterScene scene)
    {
        var id = Some.Name("shared again");
        var (calls, shared) = (scene.Backend.Requests.Length, await scene.SharedEntriesAsync());
        await scene.AskAsync(scene.Other, id);
        for (var i = 0; i < 50 && await scene.SharedEntriesAsync() == shared; i++)
        {
            await Task.Delay(20);
        }

        await scene.AskAsync(scene.One, id);
        return scene.Backend.Requests.Length == calls + 1;
    }

    static async Task<T> InTimeAsync<T>(Task<T> task)
    {
        var since = Stopwatch.GetTimestamp();
        var result = await task;
        Stopwatch.GetElapsedTime(since).ShouldBeLessThan(Limit);
        return result;
    }
}
