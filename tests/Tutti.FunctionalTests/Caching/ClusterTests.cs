using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Caching.Cluster.Invalidations;

namespace Tutti.FunctionalTests.Caching;

/// <summary>Nodes that share one Redis agree on what is invalid, and share their entries.</summary>
public sealed class ClusterTests
{
    static readonly Invalidation[] EachKind =
    [
        new Invalidation.Everything(),
        new Invalidation.Everything(IsSoft: true),
        new Invalidation.Part("stock"),
        new Invalidation.ParamValue("stock", "sku", "a|b,\u0000é"),
        new Invalidation.Group("https://shop.example", "prices", IsSoft: true),
        new Invalidation.Key("stock", "\u0001\u0003one"),
        new Invalidation.Uri(0xFEDC_BA98),
    ];

    [Fact]
    public async Task Every_kind_of_invalidation_is_applied_and_confirmed_by_all_nodes_before_its_maker_goes_on()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var one = await Member.JoinAsync(redis);
        await using var two = await Member.JoinAsync(redis);
        await using var three = await Member.JoinAsync(redis);

        foreach (var (i, invalidation) in EachKind.Index())
        {
            var result = await one.InvalidateAsync(invalidation);

            result.ShouldBe(new InvalidationResult(i + 1, 3, 3));
            two.Applied.Last().ShouldBe((i + 1, invalidation));
            three.Applied.Last().ShouldBe((i + 1, invalidation));
            two.Node.Current.ShouldBe(three.Node.Current);
        }

        one.Applied.ShouldBeEmpty();
        one.Numbered.ShouldBe(EachKind.Select((invalidation, i) => (invalidation, i + 1L, i + 1L)));
        one.Node.Current.ShouldBe(two.Node.Current);
    }

    [Fact]
    public async Task Nodes_that_invalidate_two_hundred_times_a_second_at_once_apply_all_in_one_order()
    {
        const int Seconds = 3;
        const int EachPerSecond = 100;
        await using var redis = await RedisServer.StartAsync();
        await using var one = await Member.JoinAsync(redis);
        await using var two = await Member.JoinAsync(redis);
        await using var watcher = await Member.JoinAsync(redis);

        await Task.WhenAll(InvalidateOftenAsync(one, "one"), InvalidateOftenAsync(two, "two"));
        const int All = 2 * Seconds * EachPerSecond;
        await Eventually.BeAsync(() => watcher.Applied.Count, All);

        watcher.Applied.Select(applied => applied.Sequence).ShouldBe(Enumerable.Range(1, All).Select(number => (long)number));
        one.Numbered.Select(own => own.Sequence).Concat(two.Numbered.Select(own => own.Sequence)).Order()
            .ShouldBe(Enumerable.Range(1, All).Select(number => (long)number));
        var byNumber = watcher.Applied.ToDictionary(applied => applied.Sequence, applied => applied.Invalidation);
        one.Applied.Concat(two.Applied).ShouldAllBe(applied => byNumber[applied.Sequence] == applied.Invalidation);
        one.Applied.Count.ShouldBe(All / 2);
        watcher.Lost.ShouldBe(1);

        static async Task InvalidateOftenAsync(Member member, string param)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1000.0 / EachPerSecond));
            var made = new List<Task<InvalidationResult>>();
            for (var i = 0; i < Seconds * EachPerSecond; i++)
            {
                made.Add(member.InvalidateAsync(new Invalidation.ParamValue("stock", param, $"{i}")).AsTask());
                await timer.WaitForNextTickAsync();
            }

            (await Task.WhenAll(made)).ShouldAllBe(result => result.Reached == 3 && result.IsConfirmed);
        }
    }

    [Fact]
    public async Task An_entry_that_one_node_writes_is_read_by_the_other()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var one = await Member.JoinAsync(redis);
        await using var two = await Member.JoinAsync(redis);
        await one.InvalidateAsync(new Invalidation.Part("stock"));
        var begun = one.Node.Current;

        (await two.Node.ReadAsync(Member.Key("stock 7"))).IsAvailable.ShouldBeTrue();
        one.Write("stock 7", "seven");
        await two.HasAsync("stock 7", "seven");

        (await two.Node.ReadAsync(Member.Key("stock 7"))).Value!.Position.ShouldBe(begun);
        (await two.ReadAsync("stock 8")).ShouldBeNull();
    }

    [Fact]
    public async Task One_node_fetches_while_the_other_waits_for_what_it_writes()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var one = await Member.JoinAsync(redis, options => options.LockMs = 60_000);
        await using var two = await Member.JoinAsync(redis, options => options.LockMs = 60_000);
        var key = Member.Key("stock 7");

        var held = (await one.Node.TryLockAsync(key)).Value.ShouldNotBeNull();
        var refused = await two.Node.TryLockAsync(key);
        var waiting = two.Node.ReadAfterLockAsync(key, Eventually.HangGuard, CancellationToken.None).AsTask();
        one.Write("stock 7", "seven");
        one.Node.Release(held);

        refused.IsAvailable.ShouldBeTrue();
        refused.Value.ShouldBeNull();
        // The lock itself would last for longer.
        (await waiting.WaitAsync(Eventually.HangGuard)).Value.ShouldNotBeNull().Bytes.ToArray().ShouldBe("seven"u8.ToArray());
        (await two.Node.TryLockAsync(key)).Value.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_lock_runs_out_by_itself_and_its_late_release_leaves_the_next_one_alone()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var one = await Member.JoinAsync(redis, options => options.LockMs = 100);
        await using var two = await Member.JoinAsync(redis, options => options.LockMs = 30_000);
        var key = Member.Key("stock 7");

        var stale = (await one.Node.TryLockAsync(key)).Value.ShouldNotBeNull();
        var found = await one.Node.ReadAfterLockAsync(key, Eventually.HangGuard, CancellationToken.None);
        await Eventually.TrueAsync(async () => (await two.Node.TryLockAsync(key)).Value is not null);
        one.Node.Release(stale);
        one.Write("after", "the release");
        await two.HasAsync("after", "the release");

        found.ShouldSatisfyAllConditions(() => found.IsAvailable.ShouldBeTrue(), () => found.Value.ShouldBeNull());
        (await one.Node.TryLockAsync(key)).Value.ShouldBeNull();
    }

    [Fact]
    public async Task Of_many_nodes_that_ask_at_once_one_gets_the_lock()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var one = await Member.JoinAsync(redis, options => options.LockMs = 30_000);
        await using var two = await Member.JoinAsync(redis, options => options.LockMs = 30_000);

        var asked = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? one : two).Node.TryLockAsync(Member.Key("hot")).AsTask()));

        asked.ShouldAllBe(reply => reply.IsAvailable);
        asked.Count(reply => reply.Value is not null).ShouldBe(1);
    }

    [Fact]
    public async Task Clusters_of_different_prefixes_do_not_meet()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var one = await Member.JoinAsync(redis);
        await using var other = await Member.JoinAsync(redis, options => options.Prefix = "other");

        one.Write("x", "mine");
        await one.HasAsync("x", "mine");

        (await one.InvalidateAsync(new Invalidation.Everything())).Reached.ShouldBe(1);
        other.Applied.ShouldBeEmpty();
        (await other.ReadAsync("x")).ShouldBeNull();
    }
}
