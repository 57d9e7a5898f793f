using Microsoft.Extensions.Time.Testing;
using Tutti.Gateway.Aggregation;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Tests.Aggregation;

public sealed class AggregateDeadlinesTests : IDisposable
{
    static readonly PartConfig Quick = Some.Part() with { Timeout = 200 };
    static readonly PartConfig Slow = Some.Part() with { Timeout = 5_000 };
    static readonly PartConfig Kept = Some.Part() with { Timeout = 5_000, CacheTtl = 60_000 };

    readonly FakeTimeProvider _clock = new();
    readonly CancellationTokenSource _caller = new();
    readonly AggregateDeadlines _deadlines;

    public AggregateDeadlinesTests() =>
        _deadlines = new AggregateDeadlines(TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(10), _clock, _caller.Token);

    [Fact]
    public void A_reserve_for_writing_is_kept_back() => _deadlines.Limit.ShouldBe(TimeSpan.FromMilliseconds(490));

    [Fact]
    public void The_reserve_is_at_most_a_tenth_of_the_deadline()
    {
        using var deadlines = new AggregateDeadlines(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(10), _clock, default);

        deadlines.Limit.ShouldBe(TimeSpan.FromMilliseconds(18));
    }

    [Fact]
    public void A_slow_part_gets_what_the_request_has()
    {
        var budget = _deadlines.For(Some.Model(Slow));

        _clock.Advance(TimeSpan.FromMilliseconds(489));
        budget.Token.IsCancellationRequested.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        budget.Token.IsCancellationRequested.ShouldBeTrue();
        Told(budget).ShouldBe((PartFailure.OutOfTime, "Timed out after 500 ms"));
    }

    [Fact]
    public void A_quick_part_gets_its_own_timeout_and_passing_it_is_its_fault()
    {
        var budget = _deadlines.For(Some.Model(Quick));

        _clock.Advance(TimeSpan.FromMilliseconds(200));

        budget.Token.IsCancellationRequested.ShouldBeTrue();
        _deadlines.Passed.IsCancellationRequested.ShouldBeFalse();
        Told(budget).ShouldBe((PartFailure.TimedOut, "Timed out after 200 ms"));
    }

    [Fact]
    public void Parts_of_equal_limits_share_a_timer()
    {
        _deadlines.For(Some.Model(Quick)).Token.ShouldBe(_deadlines.For(Some.Model(Quick)).Token);
        _deadlines.For(Some.Model(Slow)).Token.ShouldBe(_deadlines.Passed);
        _deadlines.For(Some.Model(Quick)).Token.ShouldNotBe(_deadlines.For(Some.Model(Quick with { Timeout = 201 })).Token);
    }

    [Fact]
    public void Who_waits_for_a_fetch_of_the_cache_waits_by_the_deadline_of_the_request()
    {
        var budget = _deadlines.For(Some.Model(Kept with { Timeout = 100 }));

        _clock.Advance(TimeSpan.FromMilliseconds(489));
        budget.Token.IsCancellationRequested.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Told(budget).ShouldBe((PartFailure.OutOfTime, "Timed out after 500 ms"));
    }

    [Fact]
    public void A_caller_who_leaves_ends_everything()
    {
        var (quick, slow) = (_deadlines.For(Some.Model(Quick)), _deadlines.For(Some.Model(Slow)));
        _deadlines.WatchCaller();

        _caller.Cancel();

        Told(quick).Failure.ShouldBe(PartFailure.CallerLeft);
        quick.Token.IsCancellationRequested.ShouldBeTrue();
        slow.Token.IsCancellationRequested.ShouldBeTrue();
        _deadlines.Passed.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public void A_caller_who_left_before_is_noticed()
    {
        _caller.Cancel();

        _deadlines.WatchCaller();

        _deadlines.Passed.IsCancellationRequested.ShouldBeTrue();
    }

    public void Dispose()
    {
        _deadlines.Dispose();
        _caller.Dispose();
    }

    static (PartFailure? Failure, string? Message) Told(CallBudget budget)
    {
        using var spent = budget.Spent();
        return (spent.Failure, spent.Message);
    }
}
