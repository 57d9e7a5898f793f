namespace Tutti.Bench.Load.Reporting;

/// <summary>The middle and the ends of a few figures.</summary>
sealed record Spread(double Median, double Least, double Most)
{
    public static Spread Of(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new(median, sorted[0], sorted[^1]);
    }

    public override string ToString() => $"{Median:f2} ({Least:f2} to {Most:f2})";
}
