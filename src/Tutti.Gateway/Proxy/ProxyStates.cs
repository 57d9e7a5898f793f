using System.Collections.Concurrent;
using Tutti.Gateway.Locator;
using Tutti.Gateway.Proxy.Counting;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Services;
using Tutti.Gateway.Resilience;

namespace Tutti.Gateway.Proxy;

/// <summary>The circuits and pools of services. They stand beside the registry's snapshot, so a change of it leaves an open circuit open.</summary>
internal sealed class ProxyStates(ServiceDirectory directory, CircuitOptions options, TimeProvider clock, ILogger<PartCircuit> log)
{
    readonly ConcurrentDictionary<string, LivingProxy> _living = new(StringComparer.Ordinal);

    /// <summary>The services that were asked for something yet.</summary>
    public IEnumerable<LivingProxy> All => _living.Values.OrderBy(service => service.Name, StringComparer.Ordinal);

    /// <summary>What lives of a service, if anything was asked of it yet.</summary>
    public LivingProxy? Find(string name) => _living.GetValueOrDefault(name);

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
        var living = _living.GetOrAdd(
            service.Name,
            static (name, own) => new LivingProxy(
                name,
                new PartCircuit($"service {name}", own.Rules, own.Clock, own.Log),
                new PartPool($"service {name}", own.Pool.Size, own.Pool.Queue),
                new ProxyStats()),
            (Rules: RulesOf(config.Circuit), Clock: clock, Log: (ILogger)log, config.Pool));
        living.Circuit.Follow(RulesOf(config.Circuit));
        living.Pool.Resize(config.Pool.Size, config.Pool.Queue);
        var state = new ProxyState(directory.Of(service), living, config);
        service.ProxyState = state;
        return state;
    }

    /// <summary>The rules that the circuit of a service follows.</summary>
    public CircuitRules RulesOf(ServiceCircuitConfig circuit) => new(
        circuit.FailureRatio ?? options.FailureRatio,
        circuit.MinimumCalls ?? options.MinimumCalls,
        TimeSpan.FromMilliseconds(circuit.Window ?? options.WindowMs),
        TimeSpan.FromMilliseconds(circuit.Break ?? options.BreakMs));
}
