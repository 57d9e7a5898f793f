using System.Diagnostics;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Caching;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Caching;

/// <summary>Many who ask the same at once (threats 4 and 35).</summary>
public sealed class StampedeTests : IAsyncLifetime
{
    readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    CacheScene _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await CacheScene.StartAsync();

    [Fact]
    public async Task Threat_04_The_same_part_many_times_in_one_request_costs_one_call()
    {
        _scene.Answer = _ => Task.Delay(100);
        var one = Some.Ask(_scene.Part.PartId, ("id", "1"));

        var answers = await _scene.Gateway.AskAsync([.. Enumerable.Repeat(one, 200)]);

        answers.Length.ShouldBe(200);
        answers.ShouldAllBe(answer => answer.Contents == "1");
        _scene.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Threat_35_A_thousand_who_find_it_expired_cost_one_call()
    {
        _scene.Say("Cache-Control", "max-age=0, stale-if-error=60");
        await _scene.AskAsync();
        _scene.Answer = async context =>
        {
            context.Response.Headers.CacheControl = "max-age=60";
            await _release.Task;
        };

        var asking = _scene.AskAtOnceAsync(1_000);
        await Eventually.BeAsync(() => _scene.Calls, 2);
        _release.SetResult();

        (await asking).ShouldAllBe(answer => answer.Contents == "2");
        _scene.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task Threat_35_Who_finds_nothing_while_the_call_for_it_ends_makes_no_other()
    {
        var cache = _scene.Gateway.Get<PartCache>();
        var part = _scene.Gateway.Get<PartRegistry>().Current.Parts[_scene.Part.PartId];
        cache.Find(part, new ParamValues(part, Some.Meta(), []), wantsNew: false, out var ticket).ShouldBeNull();
        await _scene.AskAsync();

        var late = await cache.FetchAsync(Some.Call(part), ticket!, new CallBudget(part.Timeout, part.Config.Timeout, IsPartsOwn: true, CancellationToken.None, CancellationToken.None));

        late.Entry!.Body.ToArray().ShouldBe("1"u8.ToArray());
        _scene.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Threat_35_A_failure_is_shared()
    {
        _scene.Answer = async context =>
        {
            context.Response.StatusCode = 500;
            await Task.Delay(1_000);
        };

        var answers = await _scene.AskAtOnceAsync(1_000);

        answers.ShouldAllBe(answer => answer.Status == 500);
        _scene.Calls.ShouldBeLessThanOrEqualTo(5);
    }

    [Fact]
    public async Task Threat_35_Private_answers_do_not_wait_for_each_other()
    {
        _scene.Answer = async context =>
        {
            context.Response.Headers.CacheControl = "private";
            await Task.Delay(500);
        };
        var since = Stopwatch.GetTimestamp();

        var answers = await _scene.AskAtOnceAsync(40);

        answers.Select(answer => answer.Contents).Distinct().Count().ShouldBe(40);
        Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Threat_35_One_key_does_not_wait_for_another()
    {
        _scene.Answer = context => context.Request.Query["id"] == "slow" ? _release.Task : Task.CompletedTask;
        var slow = _scene.AskAsync(("id", "slow"));
        await Eventually.BeAsync(() => _scene.Calls, 1);

        (await _scene.AskAsync(("id", "fast"))).ShouldBeGood();

        slow.IsCompleted.ShouldBeFalse();
        _release.SetResult();
        (await slow).ShouldBeGood();
    }

    [Fact]
    public async Task Threat_35_A_leader_who_leaves_hands_over()
    {
        _scene.Answer = _ => _release.Task;
        var leader = _scene.AskWithinAsync(300);
        await Eventually.BeAsync(() => _scene.Calls, 1);
        var follower = _scene.AskAsync();

        (await leader).Status.ShouldBeNull();
        _release.SetResult();

        (await follower).ShouldBeGood("1");
        _scene.Calls.ShouldBe(1);
    }

    public ValueTask DisposeAsync()
    {
        _release.TrySetResult();
        return _scene.DisposeAsync();
    }
}
