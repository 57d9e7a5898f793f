using Tutti.Bench.Load.Reporting;

namespace Tutti.Bench.Load.Services;

/// <summary>The samples by work and side, and what is computed of them.</summary>
sealed class ServiceFigures(IReadOnlyList<ServiceSample> samples)
{
    readonly ILookup<(Work Work, string Side), ServiceSample> _samples = samples.ToLookup(sample => (sample.Work, sample.Side));

    public IEnumerable<IGrouping<(Work Work, string Side), ServiceSample>> Groups => _samples.OrderBy(group => group.Key.Work);

    public IEnumerable<ServiceSample> Faulty => samples.Where(sample => sample.Faults.Count > 0);

    public bool Has(Work work, string side) => _samples.Contains((work, side));

    /// <summary>CPU over CPU, in pairs of one round.</summary>
    public Spread Ratio((Work Work, string Side) of, (Work Work, string Side) over) => Spread.Of(
        _samples[of].Join(_samples[over], one => one.Round, other => other.Round, (one, other) => one.CpuMicroseconds / other.CpuMicroseconds));
}
