using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging.Abstractions;
using Tutti.Gateway.Caching.Cluster;
using Tutti.Gateway.Caching.Cluster.Entries;
using Tutti.Gateway.Caching.Cluster.Invalidations;
using Tutti.Gateway.Caching.Cluster.Redis;

namespace Tutti.Gateway.Tests.Caching.Cluster;

/// <summary>A node without Redis is alone at no cost; the gate to Redis shuts and opens as it should.</summary>
public sealed class ClusterNodeTests
{
    static readonly EntryKey Key = EntryKey.Of("x"u8);

    readonly RedisGate _gate = new(NullLogger.Instance);

    [Fact]
    public async Task A_node_without_Redis_answers_at_once_that_there_is_nothing()
    {
        await using var node = new ClusterNode(new ClusterOptions(), TimeProvider.System, NullLogger<ClusterNode>.Instance);
        node.Start(new ClusterEvents { Apply = (_, _) => { }, Number = (_, _, _) => { }, Lost = () => { } });

        var read = node.ReadAsync(Key);
        var held = node.TryLockAsync(Key);
        var invalidated = node.InvalidateAsync(new Invalidation.Everything(), 1, CancellationToken.None);
        node.Write(Key, node.Current, "x"u8, TimeSpan.FromSeconds(1));

        node.IsAlone.ShouldBeTrue();
        node.Current.IsNone.ShouldBeTrue();
        (read.IsCompletedSuccessfully && held.IsCompletedSuccessfully && invalidated.IsCompletedSuccessfully).ShouldBeTrue();
        (await read).IsAvailable.ShouldBeFalse();
        (await held).IsAvailable.ShouldBeFalse();
        (await invalidated).ShouldBe(InvalidationResult.Alone);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("cache", true)]
    [InlineData("cache1:6379,cache2,password=p;q,ssl=true", true)]
    [InlineData("cache,nonsense=1", false)]
    [InlineData("cache,ssl=perhaps", false)]
    [InlineData("ssl=true", false)]
    public void A_connection_string_is_checked_at_the_start(string text, bool isValid)
    {
        var options = new ClusterOptions { ConnectionString = text };

        Validator.TryValidateObject(options, new ValidationContext(options), [], validateAllProperties: true).ShouldBe(isValid);
    }

    [Fact]
    public void The_gate_shuts_after_a_few_failures_in_a_row()
    {
        _gate.TryOpen(_gate.Era, default);
        Fail(2);
        _gate.Succeed();
        Fail(2);
        _gate.IsOpen.ShouldBeTrue();

        Fail(1);
        _gate.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void The_gate_stays_shut_if_something_went_wrong_while_the_node_caught_up()
    {
        var era = _gate.Era;
        _gate.Shut("lost");

        _gate.TryOpen(era, default).ShouldBeFalse();
        _gate.TryOpen(_gate.Era, default).ShouldBeTrue();
    }

    void Fail(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _gate.Fail("test");
        }
    }
}
