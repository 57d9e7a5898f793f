using System.Globalization;
using System.Text;

namespace Tutti.Gateway.Caching.Cluster.Invalidations;

/// <summary>A message at its place in the log.</summary>
internal readonly record struct LogEntry(ClusterPosition Position, byte[] Payload)
{
    const int EpochLength = 16;
    const int MostDigits = 15;

    /// <summary>Reads what the channel carries: epoch, number, colon, payload.</summary>
    public static LogEntry? Read(byte[] announced)
    {
        var colon = announced.AsSpan().IndexOf((byte)':');
        return colon is > EpochLength and <= EpochLength + MostDigits
            && ReadPosition(Encoding.Latin1.GetString(announced, 0, colon)) is { } position
                ? new LogEntry(position, announced[(colon + 1)..])
                : null;
    }

    static ClusterPosition? ReadPosition(string text) =>
        ulong.TryParse(text.AsSpan(0, EpochLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var epoch)
        && long.TryParse(text.AsSpan(EpochLength), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new ClusterPosition(epoch, number)
            : null;
}
