using Tutti.Bench.Load.Measuring;

namespace Tutti.Bench.Load.Services;

/// <summary>One measured run of one side.</summary>
sealed record ServiceSample(Work Work, string Side, int Round, WrkResult Wrk, TimeSpan Cpu, long MemoryBytes, IReadOnlyList<string> Faults)
{
    public double CpuMicroseconds => Cpu.TotalMicroseconds / Wrk.Requests;

    public double PerSecond => Wrk.Requests / Wrk.Duration.TotalSeconds;

    public override string ToString() => $"{Work.Words(),-16}  round {Round + 1,2}  {Side,-30} {PerSecond,8:f0} requests/s {CpuMicroseconds,8:f1} µs of CPU each";
}
