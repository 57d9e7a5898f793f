using CsCheck;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Tests.Telemetry;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Without_latencies_every_percentile_is_zero() =>
        new LatencyHistogram().Percentile(0.99).ShouldBe(TimeSpan.Zero);

    [Fact]
    public void A_percentile_is_at_most_a_quarter_of_a_doubling_too_high() => Gen.Long[100, 60_000_000].Sample(microseconds =>
    {
        var histogram = new LatencyHistogram();
        histogram.Add(TimeSpan.FromMicroseconds(microseconds));

        var told = histogram.Percentile(0.5).TotalMicroseconds;

        return told > microseconds && told <= microseconds * 1.25;
    });

    [Fact]
    public void Percentiles_split_the_calls()
    {
        var histogram = new LatencyHistogram();
        for (var i = 0; i < 100; i++)
        {
            histogram.Add(TimeSpan.FromMilliseconds(i < 90 ? 1 : 100));
        }

        histogram.Percentile(0.9).ShouldBeLessThan(TimeSpan.FromMilliseconds(2));
        histogram.Percentile(0.91).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void What_came_before_a_copy_can_be_left_out()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(TimeSpan.FromMilliseconds(100));
        var before = histogram.Copy();
        histogram.Add(TimeSpan.FromMilliseconds(1));

        before.Count().ShouldBe(1);
        histogram.Percentile(1).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(100));
        histogram.Percentile(1, before).ShouldBeLessThan(TimeSpan.FromMilliseconds(2));
    }

    [Fact]
    public void What_is_shorter_or_longer_than_the_buckets_counts_in_the_first_or_last()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(TimeSpan.FromTicks(-1));
        histogram.Add(TimeSpan.Zero);
        histogram.Add(TimeSpan.FromDays(1));

        histogram.Count().ShouldBe(3);
        histogram.CountUpTo(TimeSpan.FromMicroseconds(64)).ShouldBe(2);
        histogram.TotalSeconds.ShouldBe(86_400);
    }

    [Fact]
    public void The_total_is_exact()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(TimeSpan.FromMilliseconds(1.5));
        histogram.Add(TimeSpan.FromMilliseconds(2.5));

        histogram.TotalSeconds.ShouldBe(0.004);
        histogram.CountUpTo(TimeSpan.FromMilliseconds(2.048)).ShouldBe(1);
    }
}
