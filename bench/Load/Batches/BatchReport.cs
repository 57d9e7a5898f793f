using System.Text;
using Tutti.Bench.Load.Reporting;

namespace Tutti.Bench.Load.Batches;

/// <summary>Writes what was measured of batches as a table, then judges the targets.</summary>
static class BatchReport
{
    const double MostOfTen = 3;
    const double Flat = 1.10;
    const double MostBytes = 3 * 1024;

    public static string Write(IReadOnlyList<BatchSample> samples)
    {
        var results = samples.ToLookup(sample => (sample.Width, sample.Side));
        var text = new StringBuilder();
        text.AppendLine();
        text.AppendLine("Batches of a trivial endpoint; CPU and memory of the whole, and of each request in it.");
        text.AppendLine();
        text.AppendLine("| requests | way | CPU µs | each | over one by one | bytes allocated each | p50 ms |");
        text.AppendLine("| ---: | --- | ---: | ---: | --- | ---: | ---: |");
        foreach (var group in results)
        {
            var (width, side) = group.Key;
            text.Append(null, $"| {width} | {side} ");
            text.Append(null, $"| {Cpu(results, width, side):f1} | {Cpu(results, width, side) / width:f2} ");
            text.Append(null, $"| {Ratio(results, (width, side), (width, BatchSide.OneByOne))} ");
            text.Append(null, $"| {Bytes(results, width, side) / width:f0} ");
            text.AppendLine(null, $"| {Spread.Of(group.Select(sample => sample.Wrk.P50)).Median:f2} |");
        }

        text.AppendLine();
        foreach (var side in new[] { BatchSide.Get, BatchSide.Post })
        {
            Judge(text, results, side);
        }

        return text.ToString();
    }

    static void Judge(StringBuilder text, ILookup<(int Width, string Side), BatchSample> results, string side)
    {
        var ten = Ratio(results, (10, side), (1, BatchSide.OneByOne));
        var flat = Cpu(results, 100, side) / 100 / (Cpu(results, 10, side) / 10);
        var bytes = (Bytes(results, 100, side) - Bytes(results, 100, BatchSide.OneByOne)) / 100;
        text.AppendLine(null, $"{side}: CPU of a batch of 10 over one request: {ten}, at most {MostOfTen:f2}: {Verdict(ten.Median <= MostOfTen)}");
        text.AppendLine(null, $"{side}: CPU per request, 100 over 10: {flat:f2}, at most {Flat:f2}: {Verdict(flat <= Flat)}");
        text.AppendLine(null, $"{side}: bytes allocated per request beyond the endpoint's own: {bytes:f0}, at most {MostBytes:f0}: {Verdict(bytes <= MostBytes)}");
    }

    static string Verdict(bool holds) => holds ? "holds" : "MISSED";

    static double Cpu(ILookup<(int Width, string Side), BatchSample> results, int width, string side) =>
        Spread.Of(results[(width, side)].Select(sample => sample.CpuMicroseconds)).Median;

    static double Bytes(ILookup<(int Width, string Side), BatchSample> results, int width, string side) =>
        Spread.Of(results[(width, side)].Select(sample => sample.AllocatedBytes)).Median;

    /// <summary>Pairs of one round, seconds apart. One by one each request of a batch costs the same, so that one of them is a share of its width.</summary>
    static Spread Ratio(ILookup<(int Width, string Side), BatchSample> results, (int Width, string Side) of, (int Width, string Side) over) =>
        of.Width == over.Width
            ? Spread.Of(results[of].Join(results[over], one => one.Round, other => other.Round, (one, other) => one.CpuMicroseconds / other.CpuMicroseconds))
            : Spread.Of(results[of].Join(results[(of.Width, over.Side)], one => one.Round, other => other.Round, (one, other) => one.CpuMicroseconds / (other.CpuMicroseconds / of.Width)));
}
