namespace Tutti.Bench.Load.Measuring;

/// <summary>One measured run of one side.</summary>
sealed record Sample(
    int Parts, string Side, string Over, int Round, WrkResult Wrk, TimeSpan Cpu, long MemoryBytes, long PeakMemoryBytes, IReadOnlyList<string> Faults)
{
    public double PerSecond => Wrk.Requests / Wrk.Duration.TotalSeconds;

    public double CpuMicroseconds => Cpu.TotalMicroseconds / Wrk.Requests;

    public override string ToString() =>
        $"{Parts,4} parts  round {Round + 1,2}  {Side,-24} {PerSecond,8:f0} requests/s {CpuMicroseconds,8:f1} µs of CPU each";
}
