using Microsoft.Extensions.Time.Testing;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Tests.Telemetry;

public sealed class RollingCountsTests
{
    readonly FakeTimeProvider _clock = new();
    readonly RollingCounts _counts;

    public RollingCountsTests() => _counts = new RollingCounts(_clock, TimeSpan.FromSeconds(10), kinds: 2);

    [Fact]
    public void Kinds_are_counted_apart()
    {
        _counts.Add(0);
        _counts.Add(1);
        _counts.Add(1);

        _counts.Sum(0).ShouldBe(1);
        _counts.Sum(1).ShouldBe(2);
    }

    [Fact]
    public void Events_leave_slot_by_slot()
    {
        for (var second = 0; second < 10; second++)
        {
            _counts.Add(0);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        _counts.Sum(0).ShouldBe(9);
        _clock.Advance(TimeSpan.FromSeconds(4));
        _counts.Sum(0).ShouldBe(5);
        _clock.Advance(TimeSpan.FromSeconds(5));
        _counts.Sum(0).ShouldBe(0);
    }

    [Fact]
    public void A_slot_that_is_used_again_begins_at_zero_for_every_kind()
    {
        _counts.Add(0);
        _counts.Add(1);
        _clock.Advance(TimeSpan.FromSeconds(10));

        _counts.Add(0);

        _counts.Sum(0).ShouldBe(1);
        _counts.Sum(1).ShouldBe(0);
    }

    [Fact]
    public void Cleared_it_forgets_and_counts_anew()
    {
        _counts.Add(0);

        _counts.Clear();

        _counts.Sum(0).ShouldBe(0);
        _counts.Add(0);
        _counts.Sum(0).ShouldBe(1);
    }

    [Fact]
    public void Nothing_is_lost_when_many_count_at_once()
    {
        Parallel.For(0, 10_000, _ => _counts.Add(1));

        _counts.Sum(1).ShouldBe(10_000);
    }
}
