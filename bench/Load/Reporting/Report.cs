using System.Text;
using Tutti.Bench.Load.Sides;

namespace Tutti.Bench.Load.Reporting;

/// <summary>Writes what was measured as a table, then judges the targets.</summary>
static class Report
{
    const double Megabyte = 1024 * 1024;

    public static string Write(LoadOptions options, IReadOnlyList<Measuring.Sample> samples)
    {
        var results = new Results(samples);
        var text = new StringBuilder();
        Head(text, options);
        Table(text, results);
        Faults(text, results);
        text.AppendLine();
        foreach (var line in Targets.Judge(results, options.AgainstLimit ? SideNames.LimitAgain : SideNames.Tutti))
        {
            text.AppendLine(line);
        }

        return text.ToString();
    }

    static void Head(StringBuilder text, LoadOptions options)
    {
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        text.AppendLine();
        text.Append(null, $"{options.Connections} connections, {options.Rounds} interleaved runs of {options.Seconds} s: medians, ");
        text.AppendLine("and for ratios the middle half of the rounds.");
        text.Append(null, $"Sockets {(options.Inline ? "inline" : "queued")}. ");
        text.AppendLine(options.AgainstLimit ? "The limit beside itself." : options.MeasuresAggregates ? Registries(options) : "");
        text.Append(null, $"{Environment.ProcessorCount} processors shared by generator, stub and gateways; ");
        text.AppendLine(null, $"load average at the end {load}.");
        text.AppendLine();
    }

    static string Registries(LoadOptions options) =>
        $"Tutti has {options.Widest} parts registered{(options.Registered > 0 ? $", and {options.Registered} where it is crowded" : "")}.";

    static void Table(StringBuilder text, Results results)
    {
        text.AppendLine("| parts | side | requests/s | p50 ms | p99 ms | CPU µs | per part | RSS MB | peak MB | CPU over the limit or dictionary |");
        text.AppendLine("| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |");
        foreach (var (parts, side) in results.Keys)
        {
            var over = results.Over(side);
            var ratio = side == over ? "1" : results.CpuRatio(parts, side, over).ToString();
            text.Append(null, $"| {parts} | {side} ");
            text.Append(null, $"| {results.Median(parts, side, sample => sample.PerSecond):f0} ");
            text.Append(null, $"| {results.Median(parts, side, sample => sample.Wrk.P50):f2} ");
            text.Append(null, $"| {results.Median(parts, side, sample => sample.Wrk.P99):f2} ");
            text.Append(null, $"| {results.Median(parts, side, sample => sample.CpuMicroseconds):f1} ");
            text.Append(null, $"| {results.CpuPerPart(parts, side):f1} ");
            text.Append(null, $"| {results.Median(parts, side, sample => sample.MemoryBytes / Megabyte):f0} ");
            text.Append(null, $"| {results.Median(parts, side, sample => sample.PeakMemoryBytes / Megabyte):f0} ");
            text.AppendLine(null, $"| {ratio} |");
        }
    }

    static void Faults(StringBuilder text, Results results)
    {
        text.AppendLine();
        var faulty = results.Faulty.ToArray();
        text.AppendLine(faulty.Length == 0 ? "Errors: none." : "ERRORS: these runs do not count.");
        foreach (var sample in faulty)
        {
            text.AppendLine(null, $"  {sample.Parts} parts, {sample.Side}, round {sample.Round + 1}: {string.Join("; ", sample.Faults)}");
        }
    }
}
