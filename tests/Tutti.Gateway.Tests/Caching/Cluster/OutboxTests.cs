using Microsoft.Extensions.Logging.Abstractions;
using Tutti.Gateway.Caching.Cluster.Invalidations;

namespace Tutti.Gateway.Tests.Caching.Cluster;

/// <summary>What waits for Redis is bounded, in order, and never less than what was asked for.</summary>
public sealed class OutboxTests
{
    static readonly Invalidation Everything = new Invalidation.Everything();

    readonly Announcements _announcements = new();
    readonly Outbox _outbox;
    long _mark;

    public OutboxTests() => _outbox = new Outbox(_announcements, NullLogger.Instance);

    [Fact]
    public void Equal_ones_collapse_into_the_later()
    {
        var first = Add(new Invalidation.Part("a"));
        Add(new Invalidation.Part("b"));
        Add(new Invalidation.Part("a", IsSoft: true));
        Add(new Invalidation.Part("a"));

        Drain().ShouldBe([(new Invalidation.Part("b"), 2), (new Invalidation.Part("a", IsSoft: true), 3), (new Invalidation.Part("a"), 4)]);
        _announcements.Find(first.Id).ShouldBeNull();
        _outbox.Queued.ShouldBe(4);
    }

    [Fact]
    public void Everything_takes_the_place_of_all_others_before_and_after()
    {
        Add(new Invalidation.Part("a"));
        Add(Everything);
        Add(new Invalidation.Part("b"));

        Drain().ShouldBe([(Everything, 3)]);
    }

    [Fact]
    public void Beyond_the_bound_all_become_one_of_everything()
    {
        for (var i = 0; i < Outbox.Most; i++)
        {
            Add(new Invalidation.Part($"{i}"));
        }

        _outbox.Count.ShouldBe(Outbox.Most);
        Add(new Invalidation.Part("0"));
        _outbox.Count.ShouldBe(Outbox.Most);
        Add(new Invalidation.Part("one more"));

        Drain().ShouldBe([(Everything, Outbox.Most + 2)]);
    }

    [Fact]
    public void What_was_sent_leaves_an_equal_one_that_came_meanwhile()
    {
        var sent = Add(new Invalidation.Part("a"));
        Add(new Invalidation.Part("a"));

        _outbox.Remove(sent);

        Drain().ShouldBe([(new Invalidation.Part("a"), 2)]);
        _outbox.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void What_somebody_waits_for_is_confirmed_after_it_was_sent()
    {
        var awaited = _announcements.Make(new Invalidation.Part("a"), 1);
        _outbox.Add(awaited);

        _outbox.Remove(awaited);
        _announcements.Find(awaited.Id).ShouldBe(awaited);

        _announcements.Release(awaited);
        _announcements.Find(awaited.Id).ShouldBeNull();
    }

    Announcement Add(Invalidation invalidation)
    {
        var made = _announcements.Make(invalidation, ++_mark);
        _outbox.Add(made);
        _announcements.Release(made);
        return made;
    }

    List<(Invalidation, long)> Drain()
    {
        var all = new List<(Invalidation, long)>();
        while (_outbox.First is { } first)
        {
            all.Add((first.Invalidation, first.Mark));
            _announcements.Find(first.Id).ShouldBe(first);
            _outbox.Remove(first);
            _announcements.Find(first.Id).ShouldBeNull();
        }

        return all;
    }
}
