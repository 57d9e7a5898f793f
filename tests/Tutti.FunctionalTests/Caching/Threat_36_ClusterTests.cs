using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.Caching;

/// <summary>An invalidation during a fetch wins on every node, whichever node fetches and whichever was told.</summary>
public sealed class Threat_36_ClusterTests(ClusterScene scene) : IClassFixture<ClusterScene>
{
    const string Everything = "/admin/api/cache/invalidate";

    public static TheoryData<string> EachWay => AgreementTests.EachWay;

    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task Threat_36_What_one_node_fetches_while_another_is_told_is_served_by_neither(string path)
    {
        foreach (var (fetching, told) in new[] { (scene.One, scene.Other), (scene.Other, scene.One), (scene.One, scene.One) })
        {
            var version = await FetchDuringAsync(fetching, told, path);

            // The one that did not fetch finds the old answer in Redis alone.
            var finding = fetching == scene.One ? scene.Other : scene.One;
            (await scene.AskAsync(finding)).ShouldBe(version);
            (await scene.AskAsync(fetching)).ShouldBe(version);
        }
    }

    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task Threat_36_Softly_what_was_fetched_meanwhile_is_fetched_anew(string path)
    {
        foreach (var (fetching, told) in new[] { (scene.One, scene.Other), (scene.Other, scene.One) })
        {
            var version = await FetchDuringAsync(fetching, told, $"{path}?mode=soft");

            await Eventually.TrueAsync(async () => await scene.AskAsync(told) == version && await scene.AskAsync(fetching) == version);
        }
    }

    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task Threat_36_A_node_that_waits_for_the_fetch_of_another_does_not_take_it(string path)
    {
        await EmptyAsync();
        var (began, release) = Hold();
        var first = scene.AskAsync(scene.One);
        await began.Task.WaitAsync(Eventually.HangGuard);
        var waiting = scene.AskAsync(scene.Other);
        var version = scene.Raise();

        using var told = await scene.InvalidateAsync(scene.Other, path);
        var later = scene.AskAsync(scene.Other);
        release.SetResult();

        (await first).ShouldBe(version - 1);
        await waiting;
        (await later).ShouldBe(version);
        (await scene.AskAsync(scene.One)).ShouldBe(version);
    }

    /// <summary>Invalidates while a node fetches, and waits until what it fetched is in Redis.</summary>
    /// <returns>The version that holds since.</returns>
    async Task<int> FetchDuringAsync(TestGateway fetching, TestGateway told, string path)
    {
        await EmptyAsync();
        var (began, release) = Hold();
        var first = scene.AskAsync(fetching);
        await began.Task.WaitAsync(Eventually.HangGuard);
        var version = scene.Raise();
        using var answer = await scene.InvalidateAsync(told, path);
        release.SetResult();
        (await first).ShouldBe(version - 1);
        return version;
    }

    async Task EmptyAsync()
    {
        scene.Answer = _ => Task.CompletedTask;
        using var told = await scene.InvalidateAsync(scene.One, Everything);
    }

    /// <summary>Holds the next call of the backend until it is let go.</summary>
    (TaskCompletionSource Began, TaskCompletionSource Release) Hold()
    {
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Answer = (HttpContext _) => began.TrySetResult() ? release.Task : Task.CompletedTask;
        return (began, release);
    }
}
