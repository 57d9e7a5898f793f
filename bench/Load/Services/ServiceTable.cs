using System.Text;
using Tutti.Bench.Load.Reporting;

namespace Tutti.Bench.Load.Services;

/// <summary>The parts of a report that do not depend on what was measured: head, table, faults, lines that judge.</summary>
static class ServiceTable
{
    const double Megabyte = 1024 * 1024;

    /// <param name="over">The side whose CPU that of the others is divided by, if it does a kind of work; null if there is none.</param>
    public static void Write(StringBuilder text, string title, LoadOptions options, ServiceFigures figures, string overTitle, Func<Work, string?> over)
    {
        text.AppendLine();
        text.AppendLine(null, $"{title}: {options.Connections} connections, {options.Rounds} interleaved runs of {options.Seconds} s; load average at the end {File.ReadAllText("/proc/loadavg").Split(' ')[0]}.");
        text.AppendLine();
        text.AppendLine(null, $"| work | side | requests/s | p50 ms | p99 ms | CPU µs | RSS MB | {overTitle} |");
        text.AppendLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |");
        foreach (var group in figures.Groups)
        {
            var (work, side) = group.Key;
            text.Append(null, $"| {work.Words()} | {side} | {Median(group, sample => sample.PerSecond):f0} ");
            text.Append(null, $"| {Median(group, sample => sample.Wrk.P50):f2} | {Median(group, sample => sample.Wrk.P99):f2} ");
            text.Append(null, $"| {Median(group, sample => sample.CpuMicroseconds):f1} | {Median(group, sample => sample.MemoryBytes / Megabyte):f0} ");
            text.AppendLine(null, $"| {Over(figures, group.Key, over(work))} |");
        }

        Faults(text, figures);
    }

    public static void Judge(StringBuilder text, string what, Spread measured, double most) =>
        text.AppendLine(null, $"{what}: {measured}, at most {most:f2}: {(measured.Median <= most ? "holds" : "MISSED")}");

    static void Faults(StringBuilder text, ServiceFigures figures)
    {
        text.AppendLine();
        text.AppendLine(figures.Faulty.Any() ? "ERRORS: these runs do not count." : "Errors: none.");
        foreach (var sample in figures.Faulty)
        {
            text.AppendLine(null, $"  {sample.Work.Words()}, {sample.Side}, round {sample.Round + 1}: {string.Join("; ", sample.Faults)}");
        }

        text.AppendLine();
    }

    static string Over(ServiceFigures figures, (Work Work, string Side) of, string? over) =>
        over is null ? "" : of.Side == over ? "1" : figures.Ratio(of, (of.Work, over)).ToString();

    static double Median(IEnumerable<ServiceSample> samples, Func<ServiceSample, double> figure) => Spread.Of(samples.Select(figure)).Median;
}
