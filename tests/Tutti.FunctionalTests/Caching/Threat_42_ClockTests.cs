using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Caching;

/// <summary>Nothing is older, younger, fetched again or cut off because somebody set a clock.</summary>
public sealed class Threat_42_ClockTests
{
    readonly SteppedClock _clock = new();

    public static TheoryData<int> Steps => [3_600, -7_200];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Threat_42_What_was_stored_before_a_step_is_used_after_it_and_so_is_what_comes_then(int seconds)
    {
        await using var gateway = await TestGateway.StartAsync(_clock);
        await using var backend = await AgedBackendAsync("max-age=60");
        var part = await gateway.RegisterOneAsync(Part(backend));
        await AgeAsync(gateway, part, "a");

        _clock.Step(TimeSpan.FromSeconds(seconds));

        foreach (var id in (string[])["a", "b", "a", "b", "b"])
        {
            (await AgeAsync(gateway, part, id)).ShouldBeInRange(0, 59);
        }

        backend.Requests.Length.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Threat_42_A_step_during_a_call_makes_its_answer_neither_old_nor_late(int seconds)
    {
        await using var gateway = await TestGateway.StartAsync(_clock);
        await using var backend = await AgedBackendAsync("max-age=60", () => _clock.Step(TimeSpan.FromSeconds(seconds)));
        var part = await gateway.RegisterOneAsync(Part(backend));

        for (var i = 0; i < 3; i++)
        {
            (await AgeAsync(gateway, part, "a")).ShouldBeInRange(0, 59);
        }

        backend.Requests.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Threat_42_A_clock_that_is_set_all_the_time_makes_no_storm()
    {
        await using var gateway = await TestGateway.StartAsync(_clock);
        await using var backend = await AgedBackendAsync("max-age=60");
        var part = await gateway.RegisterOneAsync(Part(backend));

        for (var i = 0; i < 200; i++)
        {
            _clock.Step(TimeSpan.FromSeconds(i % 2 == 0 ? 3_600 : -7_200));
            (await AgeAsync(gateway, part, $"{i % 4}")).ShouldBeInRange(0, 59);
        }

        backend.Requests.Length.ShouldBe(4);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Threat_42_A_lifetime_ends_when_its_time_has_passed(int seconds)
    {
        await using var gateway = await TestGateway.StartAsync(_clock);
        await using var backend = await AgedBackendAsync("max-age=1");
        var part = await gateway.RegisterOneAsync(Part(backend));
        await AgeAsync(gateway, part, "a");

        _clock.Step(TimeSpan.FromSeconds(seconds));

        await Eventually.TrueAsync(async () =>
        {
            await AgeAsync(gateway, part, "a");
            return backend.Requests.Length == 2;
        });
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Threat_42_A_timeout_is_neither_shortened_nor_lengthened(int seconds)
    {
        var (asked, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var gateway = await TestGateway.StartAsync(_clock);
        await using var backend = await Backend.StartAsync(async context =>
        {
            asked.TrySetResult();
            await release.Task;
            await context.Response.WriteAsync("late");
        });
        var patient = await gateway.RegisterOneAsync(Part(backend) with { Timeout = 20_000 });
        var hasty = await gateway.RegisterOneAsync(Part(backend) with { Timeout = 1_000 });
        var late = gateway.Traffic.GetStringAsync($"/parts/{patient}");
        await asked.Task.WaitAsync(Eventually.HangGuard);

        _clock.Step(TimeSpan.FromSeconds(seconds));

        using var cut = await gateway.Traffic.GetAsync($"/parts/{hasty}");
        ((int)cut.StatusCode).ShouldBe(504);
        late.IsCompleted.ShouldBeFalse();
        release.SetResult();
        (await late).ShouldBe("late");
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Threat_42_Nodes_whose_clocks_differ_share_answers_for_as_long_as_they_are_fresh(int seconds)
    {
        await using var scene = await ClusterScene.StartPatientAsync();
        await using var wrong = await TestGateway.StartAsync(new SteppedClock(TimeSpan.FromSeconds(seconds)), scene.NodeSettings);
        await Eventually.TrueAsync(() => wrong.Get<Gateway.Caching.Cluster.ClusterNode>().IsInStep && wrong.Get<PartRegistry>().Current.Parts.ContainsKey(scene.PartId));
        scene.Answer = context =>
        {
            context.Response.Headers.CacheControl = "max-age=4";
            return Task.CompletedTask;
        };

        await Task.WhenAll(ShareAsync(scene, scene.One, wrong), ShareAsync(scene, wrong, scene.One));
    }

    /// <summary>What one node fetched the other takes, and neither keeps it for longer than it is fresh.</summary>
    static async Task ShareAsync(ClusterScene scene, TestGateway from, TestGateway to)
    {
        var id = Some.Name("id");
        var first = await scene.AskAsync(from, id);
        await Eventually.TrueAsync(async () => await scene.SharedEntriesAsync() == 2);
        (await scene.AskAsync(to, id)).ShouldBe(first);
        scene.Backend.Requests.Count(request => request.Target.EndsWith($"={id}", StringComparison.Ordinal)).ShouldBe(1);

        scene.Raise();
        await Eventually.TrueAsync(async () => await scene.AskAsync(to, id) > first);
    }

    static PartConfig Part(Backend backend) => Some.Part($"{backend.Url}/", Some.Param(ParamKind.Query, "id")) with { CacheTtl = 60_000 };

    /// <summary>A backend whose own clock is right, as its <c>Date</c> tells.</summary>
    static Task<Backend> AgedBackendAsync(string control, Action? meanwhile = null) => Backend.StartAsync(context =>
    {
        meanwhile?.Invoke();
        context.Response.Headers.CacheControl = control;
        return context.Response.WriteAsync("x");
    });

    /// <summary>Asks at the door of one part; the age that the answer tells, 0 where it is new.</summary>
    static async Task<long> AgeAsync(TestGateway gateway, string part, string id)
    {
        using var answer = await gateway.Traffic.GetAsync($"/parts/{part}?id={id}");
        answer.IsSuccessStatusCode.ShouldBeTrue();
        return answer.Headers.TryGetValues("Age", out var age) ? long.Parse(age.Single(), CultureInfo.InvariantCulture) : 0;
    }
}
