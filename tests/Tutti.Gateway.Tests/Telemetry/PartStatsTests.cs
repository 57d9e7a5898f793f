using Microsoft.Extensions.Time.Testing;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Tests.Telemetry;

public sealed class PartStatsTests
{
    readonly FakeTimeProvider _clock = new();
    readonly PartStats _stats;

    public PartStatsTests() => _stats = new PartStats("part", _clock);

    [Fact]
    public void At_first_every_latency_is_recent()
    {
        End(milliseconds: 100);

        _stats.RecentPercentile(0.5).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(100));
        _stats.RecentMean().ShouldBe(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void While_it_is_read_a_latency_is_recent_for_half_a_minute_to_a_whole_one()
    {
        End(milliseconds: 100);
        _stats.RecentMean();
        _clock.Advance(TimeSpan.FromSeconds(29));
        _stats.RecentMean().ShouldBe(TimeSpan.FromMilliseconds(100));

        _clock.Advance(TimeSpan.FromSeconds(1));
        _stats.RecentMean().ShouldBe(TimeSpan.Zero);
        End(milliseconds: 10);
        _stats.RecentMean().ShouldBe(TimeSpan.FromMilliseconds(10));
        _stats.RecentPercentile(1).ShouldBeLessThan(TimeSpan.FromMilliseconds(13));

        _clock.Advance(TimeSpan.FromSeconds(30));
        _stats.RecentMean().ShouldBe(TimeSpan.FromMilliseconds(10));
        _clock.Advance(TimeSpan.FromSeconds(30));
        _stats.RecentMean().ShouldBe(TimeSpan.Zero);
        _stats.Latency.Count().ShouldBe(2);
    }

    [Fact]
    public void Calls_that_run_are_active_until_they_end()
    {
        _stats.Began();
        _stats.Active.ShouldBe(1);

        _stats.Ended(PartEvent.Timeout, TimeSpan.Zero, _clock.GetTimestamp());

        _stats.Active.ShouldBe(0);
        _stats.Total(PartEvent.Timeout).ShouldBe(1);
        _stats.Rolling(PartEvent.Timeout).ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(11));
        _stats.Rolling(PartEvent.Timeout).ShouldBe(0);
        _stats.Total(PartEvent.Timeout).ShouldBe(1);
    }

    void End(int milliseconds)
    {
        _stats.Began();
        _stats.Ended(PartEvent.Success, TimeSpan.FromMilliseconds(milliseconds), _clock.GetTimestamp());
    }
}
