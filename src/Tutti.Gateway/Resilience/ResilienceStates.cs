using System.Collections.Concurrent;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Resilience;

/// <summary>The living circuits and pools. They stand beside the registry's snapshot, so a change of it leaves an open circuit open.</summary>
internal sealed class ResilienceStates(CircuitOptions options, PartStatsTable stats, TimeProvider clock, ILoggerFactory loggers)
{
    readonly ConcurrentDictionary<string, PartCircuit> _circuits = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, PartPool> _pools = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, PartPool> _connections = new(StringComparer.Ordinal);
    readonly ILogger _log = loggers.CreateLogger<PartCircuit>();

    public IEnumerable<PartCircuit> Circuits => _circuits.Values.OrderBy(circuit => circuit.Key, StringComparer.Ordinal);

    public IEnumerable<PartPool> Pools => _pools.Values.OrderBy(pool => pool.Key, StringComparer.Ordinal);

    /// <summary>The circuit of that key, if a call or an operator needed it yet.</summary>
    public PartCircuit? FindCircuit(string key) => _circuits.GetValueOrDefault(key);

    /// <summary>The pool of that key, if a call needed it yet.</summary>
    public PartPool? FindPool(string key) => _pools.GetValueOrDefault(key);

    /// <summary>The rules that the circuit of a part follows.</summary>
    public CircuitRules RulesOf(PartModel part) => CircuitRules.Of(part.Config.Circuit, options);

    /// <summary>All that lives of a part; found in one step once its model was called.</summary>
    public PartState Of(PartModel part) => part.State as PartState ?? Attach(part);

    public PartCircuit CircuitOf(PartModel part) => _circuits.TryGetValue(part.CircuitKey, out var circuit)
        ? circuit
        : _circuits.GetOrAdd(part.CircuitKey, key => new PartCircuit(key, RulesOf(part), clock, _log));

    public PartPool PoolOf(PoolConfig pool) => _pools.TryGetValue(pool.Key, out var known)
        ? known
        : _pools.GetOrAdd(pool.Key, key => new PartPool(key, pool.Size, pool.Queue));

    PartState Attach(PartModel part)
    {
        var connections = _connections.GetOrAdd(part.Id, key => new PartPool(key, part.Config.Backend.MaxConnections, int.MaxValue));
        var state = new PartState(stats.Of(part.Id), CircuitOf(part), PoolOf(part.Pool!), connections);
        part.State = state;
        return state;
    }

    /// <summary>Follows a change of the registry: settings are taken over, what is no longer registered is forgotten.</summary>
    public void Follow(RegistrySnapshot snapshot)
    {
        var byCircuit = snapshot.Parts.Values.ToLookup(part => part.CircuitKey, StringComparer.Ordinal);
        foreach (var (key, circuit) in _circuits)
        {
            if (byCircuit[key].FirstOrDefault() is { } part)
            {
                circuit.Follow(RulesOf(part));
            }
            else
            {
                _circuits.TryRemove(key, out _);
            }
        }

        foreach (var (partId, connections) in _connections)
        {
            if (snapshot.Parts.TryGetValue(partId, out var part))
            {
                connections.Resize(part.Config.Backend.MaxConnections, int.MaxValue);
            }
            else
            {
                _connections.TryRemove(partId, out _);
            }
        }

        foreach (var (key, pool) in _pools)
        {
            if (snapshot.Pools.TryGetValue(key, out var config))
            {
                pool.Resize(config.Size, config.Queue);
            }
            else
            {
                _pools.TryRemove(key, out _);
            }
        }
    }
}
