using System.Text;
using Tutti.Bench.Load.Reporting;

namespace Tutti.Bench.Load.Services;

/// <summary>Writes what was measured of services as a table, then judges the targets.</summary>
static class ServiceReport
{
    const double OverYarp = 1.2;
    const double LookUpOverProxied = 0.6;
    const double Flat = 1.10;
    const double Megabyte = 1024 * 1024;

    public static string Write(LoadOptions options, IReadOnlyList<ServiceSample> samples)
    {
        var results = samples.ToLookup(sample => (sample.Work, sample.Side));
        var text = new StringBuilder();
        text.AppendLine();
        text.AppendLine(null, $"Services: {options.Connections} connections, {options.Rounds} interleaved runs of {options.Seconds} s; load average at the end {File.ReadAllText("/proc/loadavg").Split(' ')[0]}.");
        text.AppendLine();
        text.AppendLine("| work | side | requests/s | p50 ms | p99 ms | CPU µs | RSS MB | CPU over YARP |");
        text.AppendLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |");
        foreach (var group in results.OrderBy(group => group.Key.Work))
        {
            text.Append(null, $"| {Words(group.Key.Work)} | {group.Key.Side} | {Median(group, sample => sample.PerSecond):f0} ");
            text.Append(null, $"| {Median(group, sample => sample.Wrk.P50):f2} | {Median(group, sample => sample.Wrk.P99):f2} ");
            text.Append(null, $"| {Median(group, sample => sample.CpuMicroseconds):f1} | {Median(group, sample => sample.MemoryBytes / Megabyte):f0} ");
            text.AppendLine(null, $"| {OverYarps(results, group.Key)} |");
        }

        Faults(text, samples);
        Judge(text, results);
        return text.ToString();
    }

    static void Judge(StringBuilder text, ILookup<(Work Work, string Side), ServiceSample> results)
    {
        Line(text, "CPU of a proxied 1 KB request over YARP's forwarder", Ratio(results, (Work.Small, ServiceSide.Tutti), (Work.Small, ServiceSide.Yarp)), OverYarp);
        Line(text, "CPU of a look-up over a proxied 1 KB request", Ratio(results, (Work.LookUp, ServiceSide.Tutti), (Work.Small, ServiceSide.Tutti)), LookUpOverProxied);
        if (!results.Contains((Work.Small, ServiceSide.TuttiCrowded)))
        {
            return;
        }

        Line(text, "CPU of a proxied 1 KB request, crowded over plain", Ratio(results, (Work.Small, ServiceSide.TuttiCrowded), (Work.Small, ServiceSide.Tutti)), Flat);
        Line(text, "CPU of a look-up, crowded over plain", Ratio(results, (Work.LookUp, ServiceSide.TuttiCrowded), (Work.LookUp, ServiceSide.Tutti)), Flat);
        foreach (var work in new[] { Work.Small, Work.LookUp })
        {
            text.AppendLine(null, $"CPU, {Words(work)}, crowded and all in use over plain: {Ratio(results, (work, ServiceSide.TuttiScattered), (work, ServiceSide.Tutti))}, no target");
        }
    }

    static void Line(StringBuilder text, string what, Spread measured, double most) =>
        text.AppendLine(null, $"{what}: {measured}, at most {most:f2}: {(measured.Median <= most ? "holds" : "MISSED")}");

    static void Faults(StringBuilder text, IReadOnlyList<ServiceSample> samples)
    {
        var faulty = samples.Where(sample => sample.Faults.Count > 0).ToArray();
        text.AppendLine();
        text.AppendLine(faulty.Length == 0 ? "Errors: none." : "ERRORS: these runs do not count.");
        foreach (var sample in faulty)
        {
            text.AppendLine(null, $"  {Words(sample.Work)}, {sample.Side}, round {sample.Round + 1}: {string.Join("; ", sample.Faults)}");
        }

        text.AppendLine();
    }

    static string OverYarps(ILookup<(Work Work, string Side), ServiceSample> results, (Work Work, string Side) of) =>
        of.Work is Work.LookUp ? "" : of.Side == ServiceSide.Yarp ? "1" : Ratio(results, of, (of.Work, ServiceSide.Yarp)).ToString();

    static Spread Ratio(ILookup<(Work Work, string Side), ServiceSample> results, (Work Work, string Side) of, (Work Work, string Side) over) => Spread.Of(
        results[of].Join(results[over], one => one.Round, other => other.Round, (one, other) => one.CpuMicroseconds / other.CpuMicroseconds));

    static double Median(IEnumerable<ServiceSample> samples, Func<ServiceSample, double> figure) => Spread.Of(samples.Select(figure)).Median;

    static string Words(Work work) => work switch
    {
        Work.LookUp => "look-up",
        Work.Small => "proxied 1 KB",
        Work.Large => "proxied 1 MB",
    };
}
