using System.Collections.Concurrent;

namespace Tutti.Gateway.Telemetry;

/// <summary>The counters of every part that was called since the start, by part id.</summary>
internal sealed class PartStatsTable(TimeProvider clock)
{
    readonly ConcurrentDictionary<string, PartStats> _parts = new(StringComparer.Ordinal);

    public IEnumerable<PartStats> All => _parts.Values.OrderBy(stats => stats.PartId, StringComparer.Ordinal);

    public PartStats Of(string partId) =>
        _parts.TryGetValue(partId, out var stats) ? stats : _parts.GetOrAdd(partId, new PartStats(partId, clock));

    /// <summary>Forgets the parts that are no longer registered.</summary>
    public void Retain(Func<string, bool> isRegistered)
    {
        foreach (var partId in _parts.Keys.Where(partId => !isRegistered(partId)))
        {
            _parts.TryRemove(partId, out _);
        }
    }
}
