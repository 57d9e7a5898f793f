using System.Collections.Concurrent;
using Tutti.Gateway.Locator;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Services;
using Tutti.Gateway.Resilience;

namespace Tutti.Gateway.Proxy;

/// <summary>The circuits and pools of services. They stand beside the registry's snapshot, so a change of it leaves an open circuit open.</summary>
internal sealed class ProxyStates(ServiceDirectory directory, CircuitOptions options, TimeProvider clock, ILogger<PartCircuit> log)
{
    readonly ConcurrentDictionary<string, (PartCircuit Circuit, PartPool Pool)> _living = new(StringComparer.Ordinal);

    /// <summary>All that is kept of a service; found in one step once its model was asked for.</summary>
    public ProxyState Of(ServiceModel service) => service.ProxyState as ProxyState ?? Attach(service);

    /// <summary>Forgets services that are gone.</summary>
    public void Follow(RegistrySnapshot snapshot)
    {
        foreach (var gone in _living.Keys.Where(name => !snapshot.Services.Services.ContainsKey(name)))
        {
            _living.TryRemove(gone, out _);
        }
    }

    ProxyState Attach(ServiceModel service)
    {
        var config = service.Config;
        var (circuit, pool) = _living.GetOrAdd(
            service.Name,
            static (name, own) => (
                new PartCircuit($"service {name}", own.Rules, own.Clock, own.Log),
                new PartPool($"service {name}", own.Pool.Size, own.Pool.Queue)),
            (Rules: RulesOf(config.Circuit), Clock: clock, Log: (ILogger)log, config.Pool));
        circuit.Follow(RulesOf(config.Circuit));
        pool.Resize(config.Pool.Size, config.Pool.Queue);
        var state = new ProxyState(directory.Of(service), circuit, pool, config);
        service.ProxyState = state;
        return state;
    }

    CircuitRules RulesOf(ServiceCircuitConfig circuit) => new(
        circuit.FailureRatio ?? options.FailureRatio,
        circuit.MinimumCalls ?? options.MinimumCalls,
        TimeSpan.FromMilliseconds(circuit.Window ?? options.WindowMs),
        TimeSpan.FromMilliseconds(circuit.Break ?? options.BreakMs));
}
