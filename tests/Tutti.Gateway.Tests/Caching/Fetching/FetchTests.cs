using Microsoft.Extensions.Time.Testing;
using Tutti.Gateway.Caching;
using Tutti.Gateway.Caching.Fetching;
using Tutti.Gateway.Caching.Marks;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Tests.Caching.Fetching;

public sealed class FetchTests
{
    readonly FakeTimeProvider _clock = new();
    readonly PartModel _part = Some.Model(Some.Part() with { Timeout = 1_000 });

    [Fact]
    public void It_runs_on_for_those_who_still_wait()
    {
        var fetch = Begin(new LateCalls(0));
        fetch.TryJoin().ShouldBeTrue();

        fetch.Leave();
        fetch.Budget.Token.IsCancellationRequested.ShouldBeFalse();

        fetch.Leave();
        fetch.Budget.Token.IsCancellationRequested.ShouldBeTrue();
        fetch.Budget.Spent().Failure.ShouldBe(PartFailure.CallerLeft);
    }

    [Fact]
    public void Given_up_it_cannot_be_joined()
    {
        var fetch = Begin(new LateCalls(0));
        fetch.Leave();

        fetch.TryJoin().ShouldBeFalse();
    }

    [Fact]
    public void When_all_have_left_it_runs_on_within_the_bound_and_gives_its_place_back()
    {
        var late = new LateCalls(1);
        var first = Begin(late);
        var second = Begin(late);

        first.Leave();
        second.Leave();

        (first.Budget.Token.IsCancellationRequested, second.Budget.Token.IsCancellationRequested).ShouldBe((false, true));
        late.Running.ShouldBe(1);
        first.TryJoin().ShouldBeTrue();

        first.End(CacheAnswer.Failed(first.Budget.Spent()));

        late.Running.ShouldBe(0);
        first.TryJoin().ShouldBeFalse();
    }

    [Fact]
    public void One_who_joins_and_leaves_a_late_one_takes_no_second_place()
    {
        var late = new LateCalls(1);
        var fetch = Begin(late);
        fetch.Leave();
        fetch.TryJoin().ShouldBeTrue();
        fetch.Leave();

        late.Running.ShouldBe(1);
        fetch.Budget.Token.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public void Of_nobody_else_use_it_ends_with_its_caller()
    {
        var fetch = Begin(null);
        fetch.Leave();

        fetch.Budget.Token.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public void It_lives_by_the_parts_own_timeout()
    {
        var fetch = Begin(new LateCalls(0));

        _clock.Advance(TimeSpan.FromMilliseconds(1_001));

        fetch.Budget.Spent().Failure.ShouldBe(PartFailure.TimedOut);
    }

    [Fact]
    public async Task A_mistake_reaches_all_who_wait_and_leaves_no_place_taken()
    {
        var late = new LateCalls(1);
        var fetch = Begin(late);
        fetch.Leave();

        fetch.Break(new InvalidOperationException("mistake"));

        await Should.ThrowAsync<InvalidOperationException>(() => fetch.Answer);
        (await fetch.Opened).ShouldBeNull();
        late.Running.ShouldBe(0);
    }

    Fetch Begin(LateCalls? late) => new(new FetchKey(new CachedParts(new MarkTable()).Of(_part), [1]), _part, 0, late, _clock);
}
