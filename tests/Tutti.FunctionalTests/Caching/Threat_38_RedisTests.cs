using System.Diagnostics;
using System.Globalization;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Caching.Cluster.Invalidations;

namespace Tutti.FunctionalTests.Caching;

/// <summary>Whatever happens to Redis, every operation ends soon with a value, and the node is in step again by itself.</summary>
public sealed class Threat_38_RedisTests
{
    /// <summary>Ten times the operation timeout of 100 ms; an invalidation may take its wait besides.</summary>
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Threat_38_Down_at_the_start_then_there()
    {
        await using var redis = RedisServer.Prepare();
        await using var member = Member.Start(redis, UseDefaults);

        await AllEndsInTimeAsync(member, isAvailable: false);
        await redis.RunAsync();
        await HealsAsync(member);
    }

    [Fact]
    public async Task Threat_38_A_name_that_leads_nowhere()
    {
        await using var redis = RedisServer.Prepare();
        await using var member = Member.Start(redis, options => options.ConnectionString = "no-such-host.invalid:6379");

        await AllEndsInTimeAsync(member, isAvailable: false);
        await Eventually.TrueAsync(() => member.Log.Text.Contains("Redis is away", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Threat_38_Killed_then_started_again()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var member = await Member.JoinAsync(redis, UseDefaults);

        await redis.KillAsync();
        await AllEndsInTimeAsync(member, isAvailable: false);
        await redis.RunAsync();
        await HealsAsync(member);

        member.Node.Reconnects.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Threat_38_Hung_costs_a_few_calls_their_timeout_and_not_each_of_them()
    {
        const int Calls = 1_000;
        await using var redis = await RedisServer.StartAsync();
        await using var member = await Member.JoinAsync(redis, UseDefaults);

        await redis.PauseAsync();
        for (var i = 0; i < Calls; i++)
        {
            (await member.Node.ReadAsync(Member.Key("x"))).IsAvailable.ShouldBeFalse();
        }

        // The follower's own trials are counted too.
        member.Node.Timeouts.ShouldBeLessThan(Calls / 10);
        await AllEndsInTimeAsync(member, isAvailable: false);
        await redis.ResumeAsync();
        await HealsAsync(member);
    }

    [Fact]
    public async Task Threat_38_Hung_while_many_ask_at_once()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var member = await Member.JoinAsync(redis, UseDefaults);

        await redis.PauseAsync();
        var began = Stopwatch.GetTimestamp();
        var replies = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(i => member.Node.ReadAsync(Member.Key($"{i}")).AsTask()));

        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Limit);
        replies.ShouldAllBe(reply => !reply.IsAvailable);
        await redis.ResumeAsync();
        await HealsAsync(member);
    }

    [Fact]
    public async Task Threat_38_Answering_again_is_enough_for_an_invalidation_to_reach_the_others()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var member = await Member.JoinAsync(redis, options => (options.OperationTimeoutMs, options.PollMs) = (100, 10_000));
        await using var other = await Member.JoinAsync(redis);

        await redis.PauseAsync();
        while (member.Node.IsInStep)
        {
            await member.ReadAsync("x");
        }

        await redis.ResumeAsync();
        var result = await member.InvalidateAsync(new Invalidation.Part("stock"));

        result.IsConfirmed.ShouldBeTrue();
        other.Applied.ShouldContain(applied => applied.Invalidation == new Invalidation.Part("stock"));
    }

    [Fact]
    public async Task Threat_38_Slower_than_the_limit()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var member = await Member.JoinAsync(redis, UseDefaults);

        using var end = new CancellationTokenSource();
        var slowing = SlowDownAsync(redis, end.Token);
        await Eventually.TrueAsync(async () => !(await member.Node.ReadAsync(Member.Key("x"))).IsAvailable);
        await AllEndsInTimeAsync(member, isAvailable: null);
        await end.CancelAsync();
        await slowing;
        await HealsAsync(member);

        member.Node.Timeouts.ShouldBeGreaterThan(0);

        static async Task SlowDownAsync(RedisServer redis, CancellationToken ct)
        {
            while (!ct.IsCancellationRequested)
            {
                await redis.SendAsync("DEBUG", "SLEEP", "0.3");
            }
        }
    }

    [Fact]
    public async Task Threat_38_Full_still_takes_invalidations()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var member = await Member.JoinAsync(redis);
        await using var other = await Member.JoinAsync(redis);
        member.Write("before", "full");
        await member.HasAsync("before", "full");

        await redis.FillAsync();
        member.Write("x", "no room");
        (await member.Node.TryLockAsync(Member.Key("x"))).IsAvailable.ShouldBeFalse();
        (await other.ReadAsync("before")).ShouldBe("full");
        (await other.ReadAsync("x")).ShouldBeNull();
        var result = await member.InvalidateAsync(new Invalidation.Part("stock"));
        await redis.EmptyAsync();

        result.ShouldBe(new InvalidationResult(1, 2, 2));
        await HealsAsync(member);
    }

    [Fact]
    public async Task Threat_38_Read_only_then_writable_again()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var member = await Member.JoinAsync(redis, UseDefaults);
        await using var other = await Member.JoinAsync(redis);

        await redis.MakeReadOnlyAsync();
        await AllEndsInTimeAsync(member, isAvailable: null);
        (await member.InvalidateAsync(new Invalidation.Part("stock"))).IsQueued.ShouldBeTrue();
        await redis.MakeWritableAsync();

        await HealsAsync(member);
        await Eventually.TrueAsync(() => other.Applied.Any(applied => applied.Invalidation == new Invalidation.Part("stock")));
    }

    [Fact]
    public async Task Threat_38_Asking_for_a_password_that_the_node_does_not_know()
    {
        await using var redis = await RedisServer.StartAsync("--requirepass", "sesame");
        await using var member = Member.Start(redis, UseDefaults);
        await using var wrong = Member.Start(redis, options => options.ConnectionString += ",password=open");
        await using var right = await Member.JoinAsync(redis, options => options.ConnectionString += ",password=sesame");

        await AllEndsInTimeAsync(member, isAvailable: false);
        await AllEndsInTimeAsync(wrong, isAvailable: false);
        await redis.KillAsync();
        await redis.RunAsync();

        await HealsAsync(member);
        $"{wrong.Log.Text}{right.Log.Text}".ShouldNotContain("open");
        $"{wrong.Log.Text}{right.Log.Text}".ShouldNotContain("sesame");
    }

    [Fact]
    public async Task Threat_38_Flapping()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var member = await Member.JoinAsync(redis, UseDefaults);

        for (var i = 0; i < 5; i++)
        {
            await redis.KillAsync();
            await AllEndsInTimeAsync(member, isAvailable: false);
            await redis.RunAsync();
            await AllEndsInTimeAsync(member, isAvailable: null);
        }

        await HealsAsync(member);
    }

    [Fact]
    public async Task Threat_38_One_line_in_the_log_per_change_of_state()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var member = await Member.JoinAsync(redis, options => options.OperationTimeoutMs = 5_000);

        await redis.KillAsync();
        for (var i = 0; i < 100; i++)
        {
            await member.ReadAsync("x");
        }

        await member.AwayAsync();
        await redis.RunAsync();
        await member.InStepAsync();
        await member.DisposeAsync();

        member.Log.Text.Split("Redis is away").Length.ShouldBe(2);
        member.Log.Text.Split("In step").Length.ShouldBe(3);
    }

    static void UseDefaults(Gateway.Caching.Cluster.ClusterOptions options)
    {
        var defaults = new Gateway.Caching.Cluster.ClusterOptions();
        options.OperationTimeoutMs = defaults.OperationTimeoutMs;
        options.InvalidationWaitMs = defaults.InvalidationWaitMs;
        options.RetryMs = defaults.RetryMs;
        options.PollMs = defaults.PollMs;
    }

    /// <summary>Every operation, each within the limit and without an exception.</summary>
    static async Task AllEndsInTimeAsync(Member member, bool? isAvailable)
    {
        var key = Member.Key("x");
        var began = Stopwatch.GetTimestamp();
        var read = await member.Node.ReadAsync(key);
        var held = await member.Node.TryLockAsync(key);
        member.Write("x", "text");
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(2 * Limit);

        began = Stopwatch.GetTimestamp();
        var invalidated = await member.InvalidateAsync(new Invalidation.Part("x"));
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(10 * TimeSpan.FromMilliseconds(1_000));

        if (isAvailable is { } expected)
        {
            read.IsAvailable.ShouldBe(expected);
            held.IsAvailable.ShouldBe(expected);
            invalidated.IsQueued.ShouldBe(!expected);
        }
    }

    /// <summary>Within 10 s the node is in step, what waited is sent, and entries are shared again.</summary>
    static async Task HealsAsync(Member member)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!member.Node.IsInStep || member.Node.WaitingInvalidations > 0)
        {
            await Task.Delay(10, patience.Token);
        }

        var text = Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture);
        member.Write("healed", text);
        await member.HasAsync("healed", text);
    }
}
