using System.Globalization;

namespace Tutti.Bench.Load.Measuring;

/// <summary>What the generator saw of one run; latencies in milliseconds.</summary>
sealed record WrkResult(TimeSpan Duration, long Requests, long Bytes, long SocketErrors, long BadStatuses, double P50, double P99)
{
    /// <summary>Reads the line that the generator's script prints at the end.</summary>
    public static WrkResult? Parse(string output)
    {
        var line = output.Split('\n').FirstOrDefault(line => line.StartsWith(WrkScript.Mark, StringComparison.Ordinal));
        if (line is null)
        {
            return null;
        }

        var numbers = line[WrkScript.Mark.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        var (duration, p50, p99) = (TimeSpan.FromMicroseconds(numbers[0]), numbers[5] / 1000.0, numbers[6] / 1000.0);
        return new(duration, numbers[1], numbers[2], numbers[3], numbers[4], p50, p99);
    }
}
