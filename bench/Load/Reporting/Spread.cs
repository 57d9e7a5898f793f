namespace Tutti.Bench.Load.Reporting;

/// <summary>The middle of a few figures, and the two ends of their middle half.</summary>
sealed record Spread(double Median, double Lower, double Upper)
{
    public static Spread Of(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return new(At(sorted, 0.5), At(sorted, 0.25), At(sorted, 0.75));
    }

    public override string ToString() => $"{Median:f2} ({Lower:f2} to {Upper:f2})";

    static double At(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
