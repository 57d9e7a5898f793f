using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Tests.Telemetry;

/// <summary>The text exposition format.</summary>
public sealed class PrometheusTextTests
{
    [Fact]
    public void Label_values_are_escaped()
    {
        var text = new PrometheusText();

        text.Family("f", "gauge", "A \\ and a\nbreak.").Sample(1.5, ("part", "a\"b\\c\nd"), ("x", ""));

        text.ToString().ShouldBe("# HELP f A \\\\ and a\\nbreak.\n# TYPE f gauge\nf{part=\"a\\\"b\\\\c\\nd\",x=\"\"} 1.5\n");
    }

    [Fact]
    public void A_histogram_rises_to_its_count()
    {
        var latency = new LatencyHistogram();
        latency.Add(TimeSpan.FromMilliseconds(3));
        latency.Add(TimeSpan.FromMilliseconds(80));
        latency.Add(TimeSpan.FromSeconds(30));
        var text = new PrometheusText();

        text.Family("h", "histogram", "Help.").Histogram(latency, ("part", "a"));

        var lines = text.ToString().Split('\n');
        lines.ShouldContain("h_bucket{part=\"a\",le=\"0.0025\"} 0");
        lines.ShouldContain("h_bucket{part=\"a\",le=\"0.005\"} 1");
        lines.ShouldContain("h_bucket{part=\"a\",le=\"0.1\"} 2");
        lines.ShouldContain("h_bucket{part=\"a\",le=\"10\"} 2");
        lines.ShouldContain("h_bucket{part=\"a\",le=\"+Inf\"} 3");
        lines.ShouldContain("h_sum{part=\"a\"} 30.083");
        lines.ShouldContain("h_count{part=\"a\"} 3");
    }
}
