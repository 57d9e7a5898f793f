using Tutti.Bench.Load.Measuring;

namespace Tutti.Bench.Load.Reporting;

/// <summary>The samples, asked by width and side.</summary>
sealed class Results(IReadOnlyList<Sample> samples)
{
    readonly ILookup<(int Parts, string Side), Sample> _samples = samples.ToLookup(sample => (sample.Parts, sample.Side));

    public IEnumerable<(int Parts, string Side)> Keys => _samples.Select(group => group.Key);

    public IEnumerable<Sample> Faulty => samples.Where(sample => sample.Faults.Count > 0);

    /// <summary>The side whose figures that side's are divided by.</summary>
    public string Over(string side) => samples.First(sample => sample.Side == side).Over;

    public bool Has(int parts, string side) => _samples.Contains((parts, side));

    public double Median(int parts, string side, Func<Sample, double> figure) => Spread.Of(_samples[(parts, side)].Select(figure)).Median;

    public double CpuPerPart(int parts, string side) => Median(parts, side, sample => sample.CpuMicroseconds) / parts;

    /// <summary>CPU of one side over CPU of another, each pair from one round, when the machine was in one mood.</summary>
    public Spread CpuRatio(int parts, string side, string over) => Spread.Of(
        _samples[(parts, side)].Join(
            _samples[(parts, over)],
            left => left.Round,
            right => right.Round,
            (left, right) => left.CpuMicroseconds / right.CpuMicroseconds));
}
