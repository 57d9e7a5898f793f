using System.Globalization;
using System.Text;

namespace Tutti.Gateway.Telemetry;

/// <summary>Writes metrics in the text exposition format 0.0.4 of Prometheus.</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    static readonly double[] Limits = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    readonly StringBuilder _text = new();
    string _family = "";

    /// <summary>Begins a family; its samples follow.</summary>
    /// <param name="type"><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</param>
    public PrometheusText Family(string name, string type, string help)
    {
        _family = name;
        _text.Append("# HELP ").Append(name).Append(' ').Append(Escape(help)).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        return this;
    }

    /// <summary>Writes one sample of the family.</summary>
    public PrometheusText Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels) => Line("", value, labels);

    /// <summary>Writes a family of one sample.</summary>
    public PrometheusText Single(string name, string type, string help, double value) => Family(name, type, help).Sample(value);

    /// <summary>Writes a histogram of the family. Buckets are read in rising order, so that they rise even while calls end.</summary>
    public void Histogram(LatencyHistogram latency, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        (string Name, string Value)[] all = [.. labels, ("le", "")];
        foreach (var limit in Limits)
        {
            all[^1].Value = limit.ToString(CultureInfo.InvariantCulture);
            Line("_bucket", latency.CountUpTo(TimeSpan.FromSeconds(limit)), all);
        }

        all[^1].Value = "+Inf";
        var count = latency.Count();
        Line("_bucket", count, all);
        Line("_sum", latency.TotalSeconds, labels);
        Line("_count", count, labels);
    }

    public override string ToString() => _text.ToString();

    PrometheusText Line(string suffix, double value, ReadOnlySpan<(string Name, string Value)> labels)
    {
        _text.Append(_family).Append(suffix);
        for (var i = 0; i < labels.Length; i++)
        {
            _text.Append(i == 0 ? '{' : ',').Append(labels[i].Name).Append("=\"");
            _text.Append(Escape(labels[i].Value).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        }

        _text.Append(labels.Length > 0 ? "} " : " ").Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
        return this;
    }

    static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
