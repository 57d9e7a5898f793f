using Tutti.Bench.Load.Measuring;

namespace Tutti.Bench.Load.Batches;

/// <summary>One measured run of one way; all figures are those of a whole batch.</summary>
sealed record BatchSample(int Width, string Side, int Round, WrkResult Wrk, double CpuMicroseconds, double AllocatedBytes)
{
    public override string ToString() => $"{Width,4} requests  round {Round + 1,2}  {Side,-28} {CpuMicroseconds,9:f1} µs of CPU {AllocatedBytes / Width,8:f0} bytes each";
}
