using System.Globalization;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Caching.Cluster;
using Tutti.Gateway.Caching.Cluster.Invalidations;

namespace Tutti.FunctionalTests.Caching;

/// <summary>What nodes missed while they or Redis were away is made good, or everything is dropped.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public async Task Invalidations_made_while_Redis_is_down_reach_the_others_in_order_when_it_is_back()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var one = await Member.JoinAsync(redis);
        await using var two = await Member.JoinAsync(redis);
        await redis.SaveAsync();

        await redis.KillAsync();
        await one.AwayAsync();
        foreach (var part in new[] { "a", "b", "a", "c" })
        {
            (await one.InvalidateAsync(new Invalidation.Part(part))).IsQueued.ShouldBeTrue();
        }

        one.Numbered.ShouldBeEmpty();
        one.Node.WaitingInvalidations.ShouldBe(3);
        one.Node.QueuedInvalidations.ShouldBe(4);
        await redis.RunAsync();
        await Eventually.BeAsync(() => two.Applied.Count, 3);

        two.Applied.ShouldBe([(1, new Invalidation.Part("b")), (2, new Invalidation.Part("a")), (3, new Invalidation.Part("c"))]);
        await Eventually.BeAsync(() => one.Numbered.Count, 3);
        one.Numbered.ShouldBe([(new Invalidation.Part("b"), 2, 1), (new Invalidation.Part("a"), 3, 2), (new Invalidation.Part("c"), 4, 3)]);
        one.Node.WaitingInvalidations.ShouldBe(0);
    }

    [Fact]
    public async Task Invalidations_of_a_node_that_could_not_reach_Redis_at_its_start_are_sent_later()
    {
        await using var redis = RedisServer.Prepare();
        await using var one = Member.Start(redis);
        await using var two = Member.Start(redis);

        await one.InvalidateAsync(new Invalidation.Part("a"));
        await two.InvalidateAsync(new Invalidation.Part("b"));
        await redis.RunAsync();
        await Eventually.TrueAsync(() => one.Numbered.Count == 1 && two.Numbered.Count == 1);

        // Whoever met the cluster after the other had sent dropped everything instead.
        await Eventually.TrueAsync(() => one.Node.Current.Sequence == 2 && one.Node.Current == two.Node.Current);
        one.Lost.ShouldBe(1);
        two.Lost.ShouldBe(1);
    }

    [Fact]
    public async Task More_than_can_wait_become_one_of_everything()
    {
        await using var redis = RedisServer.Prepare();
        await using var one = Member.Start(redis);

        for (var i = 0; i <= Outbox.Most + 5; i++)
        {
            await one.InvalidateAsync(new Invalidation.Part($"{i}"));
        }

        await redis.RunAsync();
        await Eventually.BeAsync(() => one.Numbered.Count, 1);
        one.Numbered.ShouldBe([(new Invalidation.Everything(), Outbox.Most + 6, 1)]);
    }

    [Fact]
    public async Task A_node_that_ends_before_Redis_is_back_says_how_many_the_others_do_not_learn_of()
    {
        await using var redis = RedisServer.Prepare();
        var one = Member.Start(redis);
        await one.InvalidateAsync(new Invalidation.Part("a"));
        await one.InvalidateAsync(new Invalidation.Part("b"));

        await one.DisposeAsync();

        one.Log.Text.ShouldContain("ends while 2 of its invalidations wait for Redis");
    }

    [Fact]
    public async Task An_empty_Redis_makes_all_nodes_drop_everything_and_forgets_their_entries()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var one = await Member.JoinAsync(redis);
        await using var two = await Member.JoinAsync(redis);
        await one.InvalidateAsync(new Invalidation.Part("a"));
        var before = one.Node.Current;

        await redis.StopAsync();
        await redis.RunAsync();
        await Eventually.TrueAsync(() => one.Lost == 2 && two.Lost == 2 && one.Node.IsInStep && two.Node.IsInStep);

        one.Node.Current.ShouldBe(two.Node.Current);
        one.Node.Current.ShouldBe(new ClusterPosition(one.Node.Current.Epoch, 0));
        one.Node.Write(Member.Key("old"), before, "of another epoch"u8, TimeSpan.FromMinutes(1));
        one.Write("new", "of this one");
        await two.HasAsync("new", "of this one");
        (await two.ReadAsync("old")).ShouldBeNull();
    }

    [Fact]
    public async Task A_Redis_that_comes_back_with_all_its_data_costs_nothing()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var one = await Member.JoinAsync(redis);
        await one.InvalidateAsync(new Invalidation.Part("a"));
        one.Write("x", "kept");
        await one.HasAsync("x", "kept");
        await redis.SaveAsync();

        await redis.KillAsync();
        await one.AwayAsync();
        await redis.RunAsync();
        await one.InStepAsync();

        (await one.ReadAsync("x")).ShouldBe("kept");
        one.Lost.ShouldBe(1);
        one.Node.Current.Sequence.ShouldBe(1);
    }

    [Fact]
    public async Task A_Redis_that_went_back_in_time_makes_all_nodes_begin_anew_even_if_it_has_caught_up_in_numbers()
    {
        await using var redis = await RedisServer.StartAsync();
        await AddUserAsync(redis, "late");
        await using var one = await Member.JoinAsync(redis);
        await using var late = await Member.JoinAsync(redis, As("late"));
        await one.InvalidateAsync(new Invalidation.Part("saved"));
        await redis.SaveAsync();
        await one.InvalidateAsync(new Invalidation.Part("forgotten"));
        var before = late.Node.Current;
        before.Sequence.ShouldBe(2);
        await one.DisposeAsync();

        // The late node finds as many invalidations as it knows, but the last one is not the one that it applied.
        await redis.KillAsync();
        await redis.RunAsync();
        await using var fresh = await Member.JoinAsync(redis);
        await fresh.InvalidateAsync(new Invalidation.Part("another"));
        var current = fresh.Node.Current;
        await AddUserAsync(redis, "late");
        await Eventually.TrueAsync(() => late.Lost == 2 && late.Node.IsInStep);

        current.ShouldBe(before);
        await Eventually.TrueAsync(() => fresh.Lost == 2 && fresh.Node.IsInStep);
        fresh.Node.Current.ShouldBe(late.Node.Current);
        fresh.Node.Current.Epoch.ShouldNotBe(before.Epoch);
    }

    [Fact]
    public async Task A_node_that_was_away_catches_up_before_it_uses_entries_again()
    {
        const int Missed = 2_500;
        await using var redis = await RedisServer.StartAsync();
        await AddUserAsync(redis, "away");
        await using var one = await Member.JoinAsync(redis);
        await using var away = await Member.JoinAsync(redis, As("away"));
        one.Write("x", "text");
        await away.HasAsync("x", "text");

        await LockOutAsync(redis, "away");
        await away.AwayAsync();
        for (var i = 1; i <= Missed; i++)
        {
            (await one.InvalidateAsync(new Invalidation.Part($"{i}"))).Reached.ShouldBe(1);
        }

        away.Applied.ShouldBeEmpty();
        await AddUserAsync(redis, "away");
        while (await away.ReadAsync("x") is null)
        {
            await Task.Delay(1);
        }

        away.Applied.Count.ShouldBe(Missed);
        away.Applied.Select(applied => applied.Sequence).ShouldBe(Enumerable.Range(1, Missed).Select(number => (long)number));
        away.Lost.ShouldBe(1);
    }

    [Fact]
    public async Task A_node_that_was_away_for_longer_than_the_log_reaches_drops_everything()
    {
        await using var redis = await RedisServer.StartAsync();
        await AddUserAsync(redis, "away");
        await using var one = await Member.JoinAsync(redis);
        await using var away = await Member.JoinAsync(redis, As("away"));
        await one.InvalidateAsync(new Invalidation.Part("known"));

        await LockOutAsync(redis, "away");
        await away.AwayAsync();
        for (var i = 0; i < 20; i++)
        {
            await one.InvalidateAsync(new Invalidation.Part($"{i}"));
        }

        await redis.SendAsync("XTRIM", "tutti:log", "MAXLEN", "5");
        await AddUserAsync(redis, "away");
        await away.InStepAsync();

        away.Lost.ShouldBe(2);
        away.Applied.Count.ShouldBe(1);
        away.Node.Current.ShouldBe(one.Node.Current);
        one.Lost.ShouldBe(1);
    }

    [Fact]
    public async Task A_node_that_stands_still_is_reported_as_missing_and_catches_up()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var one = await Member.JoinAsync(redis, options => options.InvalidationWaitMs = 300);
        await using var two = await Member.JoinAsync(redis);
        using var still = new ManualResetEventSlim();
        await using var paused = await Member.JoinAsync(redis, apply: still.Wait);

        var results = new List<InvalidationResult>();
        for (var i = 1; i <= 3; i++)
        {
            results.Add(await one.InvalidateAsync(new Invalidation.Part($"{i}")));
        }

        still.Set();
        await Eventually.BeAsync(() => paused.Applied.Count, 3);

        results.ShouldBe([new(1, 3, 2), new(2, 3, 2), new(3, 3, 2)]);
        paused.Applied.ShouldBe(two.Applied);
        (await one.InvalidateAsync(new Invalidation.Part("4"))).Reached.ShouldBe(3);
    }

    [Fact]
    public async Task A_node_that_hears_nothing_is_not_in_step_though_Redis_answers_it()
    {
        await using var redis = await RedisServer.StartAsync();
        await AddUserAsync(redis, "deaf");
        await using var one = await Member.JoinAsync(redis);
        await using var deaf = await Member.JoinAsync(redis, As("deaf"));

        await redis.SendAsync("ACL", "SETUSER", "deaf", "-subscribe");
        await redis.SendAsync("CLIENT", "KILL", "USER", "deaf");
        await Eventually.TrueAsync(async () => deaf.Node.Reconnects > 0 && (await one.InvalidateAsync(new Invalidation.Part("x"))).Reached == 1);
        for (var i = 0; i < 20; i++)
        {
            deaf.Node.IsInStep.ShouldBeFalse();
            await Task.Delay(50);
        }

        await AddUserAsync(redis, "deaf");
        await deaf.InStepAsync();
        (await one.InvalidateAsync(new Invalidation.Part("y"))).ShouldBe(new InvalidationResult(one.Node.Current.Sequence, 2, 2));
    }

    [Fact]
    public async Task Lost_connections_for_messages_lose_no_message()
    {
        const int Many = 300;
        await using var redis = await RedisServer.StartAsync();
        await using var one = await Member.JoinAsync(redis);
        await using var two = await Member.JoinAsync(redis);

        for (var i = 1; i <= Many; i++)
        {
            if (i % 50 == 0)
            {
                await redis.SendAsync("CLIENT", "KILL", "TYPE", "pubsub");
            }

            await one.Node.InvalidateAsync(new Invalidation.Part(i.ToString(CultureInfo.InvariantCulture)), i, new CancellationToken(canceled: false));
        }

        await Eventually.TrueAsync(() => two.Applied.Count >= Many && one.Node.WaitingInvalidations == 0);
        two.Applied.Select(applied => applied.Invalidation).Distinct().Count().ShouldBe(Many);
        two.Applied.Select(applied => applied.Sequence).ShouldBe(Enumerable.Range(1, two.Applied.Count).Select(number => (long)number));
        one.Numbered.Select(own => own.Mark).Order().ShouldBe(Enumerable.Range(1, Many).Select(mark => (long)mark));
        two.Lost.ShouldBe(1);
    }

    static Action<ClusterOptions> As(string user) => options => options.ConnectionString += $",user={user},password=x";

    static async Task AddUserAsync(RedisServer redis, string user) =>
        (await redis.SendAsync("ACL", "SETUSER", user, "on", ">x", "~*", "&*", "+@all")).ShouldBe("+OK");

    /// <summary>Keeps one node away from a Redis that the others still reach.</summary>
    static async Task LockOutAsync(RedisServer redis, string user)
    {
        await redis.SendAsync("ACL", "SETUSER", user, "resetchannels", "-@all");
        await redis.SendAsync("CLIENT", "KILL", "USER", user);
    }
}
