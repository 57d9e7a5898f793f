using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Caching.Cluster.Invalidations;

namespace Tutti.FunctionalTests.Caching;

/// <summary>Whatever others put into Redis is never taken for an entry or an invalidation.</summary>
public sealed class Threat_38_GarbageTests
{
    [Fact]
    public async Task Threat_38_Garbage_and_foreign_types_are_absent_and_deleted()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var member = await Member.JoinAsync(redis);
        member.Write("good", "good");
        await member.HasAsync("good", "good");
        string[][] spoilt =
        [
            ["SET", NameOf(member, "a"), "not an entry, but long enough to be taken for one"],
            ["SET", NameOf(member, "b"), ""],
            ["RPUSH", NameOf(member, "c"), "a list"],
            ["HSET", NameOf(member, "d"), "a", "hash"],
            ["COPY", NameOf(member, "good"), NameOf(member, "e")],
        ];

        foreach (var command in spoilt)
        {
            await redis.SendAsync(command);
        }

        foreach (var identity in new[] { "a", "b", "c", "d", "e" })
        {
            var reply = await member.Node.ReadAsync(Member.Key(identity));
            reply.IsAvailable.ShouldBeTrue(identity);
            reply.Value.ShouldBeNull(identity);
            await Eventually.TrueAsync(async () => await redis.SendAsync("EXISTS", NameOf(member, identity)) == ":0");
        }

        (await member.ReadAsync("good")).ShouldBe("good");
    }

    [Theory]
    [InlineData("SET", "tutti:head", "foreign")]
    [InlineData("HSET", "tutti:head", "sequence", "-7")]
    [InlineData("HSET", "tutti:head", "epoch", "new")]
    [InlineData("SET", "tutti:log", "foreign")]
    [InlineData("DEL", "tutti:log")]
    [InlineData("DEL", "tutti:head")]
    [InlineData("XADD", "tutti:log", "999-0", "m", "garbage")]
    [InlineData("FLUSHALL")]
    public async Task Threat_38_A_spoilt_log_is_begun_anew_by_all_nodes(params string[] command)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var one = await Member.JoinAsync(redis);
        await using var two = await Member.JoinAsync(redis);
        await one.InvalidateAsync(new Invalidation.Part("before"));
        var before = one.Node.Current;

        await redis.SendAsync(command);
        await Eventually.TrueAsync(() => one.Lost == 2 && two.Lost == 2 && one.Node.IsInStep && two.Node.IsInStep);
        var result = await one.InvalidateAsync(new Invalidation.Part("after"));

        result.ShouldBe(new InvalidationResult(1, 2, 2));
        two.Applied.Last().ShouldBe((1, new Invalidation.Part("after")));
        two.Node.Current.Epoch.ShouldNotBe(before.Epoch);
    }

    [Fact]
    public async Task Threat_38_Garbage_on_the_channels_disturbs_nobody()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var one = await Member.JoinAsync(redis);
        await using var two = await Member.JoinAsync(redis);

        foreach (var garbage in new[] { "", ":", "x", "hello", "0123456789abcdef1:", $"{one.Node.Current.EpochText}99:x" })
        {
            await redis.SendAsync("PUBLISH", "tutti:log", garbage);
        }

        (await one.InvalidateAsync(new Invalidation.Part("stock"))).ShouldBe(new InvalidationResult(1, 2, 2));
        two.Applied.ShouldBe([(1, new Invalidation.Part("stock"))]);
        two.Lost.ShouldBe(1);
    }

    static string NameOf(Member member, string identity) => $"tutti:{member.Node.Current.EpochText}:e:{Member.Key(identity).Hash}";
}
