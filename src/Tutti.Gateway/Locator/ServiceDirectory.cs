using System.Collections.Concurrent;
using Tutti.Gateway.Locator.Leases;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Locator;

/// <summary>The living services and instances. They stand beside the registry's snapshot, so that a change of it loses nothing that is known.</summary>
internal sealed class ServiceDirectory(LeaseTable leases)
{
    readonly ConcurrentDictionary<string, ServiceState> _services = new(StringComparer.Ordinal);
    readonly Lock _change = new();
    ServiceSnapshot _followed = ServiceSnapshot.Empty;

    /// <summary>Raised after a change, for those who look after instances.</summary>
    public event Action<ServiceSnapshot>? Changed;

    /// <summary>What lives of a service; found in one step once its model was asked for.</summary>
    public ServiceState Of(ServiceModel service) => service.State as ServiceState ?? Attach(service);

    /// <summary>Follows a change of the registry: instances come and go, and one that stays keeps its state.</summary>
    public void Follow(RegistrySnapshot snapshot)
    {
        leases.Follow(snapshot.Config.Instances);
        lock (_change)
        {
            if (ReferenceEquals(_followed, snapshot.Services))
            {
                return;
            }

            foreach (var service in snapshot.Services.Services.Values)
            {
                Follow(service, snapshot.Services.Instances[service.Name]);
            }

            foreach (var gone in _services.Keys.Where(name => !snapshot.Services.Services.ContainsKey(name)))
            {
                _services.TryRemove(gone, out _);
            }

            _followed = snapshot.Services;
        }

        Changed?.Invoke(snapshot.Services);
    }

    /// <summary>An instance says that it is well: what requests found broken is forgotten.</summary>
    public void Recovered(string instanceId)
    {
        if (leases.Instance(instanceId) is not { } config)
        {
            return;
        }

        foreach (var address in config.Addresses)
        {
            var instances = _services.GetValueOrDefault(address.Service)?.Instances ?? [];
            instances.FirstOrDefault(instance => instance.Model.Id == instanceId)?.Recover();
        }
    }

    void Follow(ServiceModel service, IEnumerable<InstanceModel> models)
    {
        var state = Attach(service);
        var before = state.Instances;
        InstanceModel[] now = [.. models];
        if (before.Length == now.Length && before.Index().All(old => ReferenceEquals(old.Item.Model, now[old.Index])))
        {
            return;
        }

        var known = before.ToDictionary(instance => instance.Model);
        state.Instances = [.. now.Select(model => known.GetValueOrDefault(model) ?? Enter(model, before))];
    }

    /// <summary>One that stays at its address keeps what its probes and requests showed, whatever else of it changed.</summary>
    InstanceState Enter(InstanceModel model, InstanceState[] before)
    {
        var same = before.FirstOrDefault(old => old.Model.Id == model.Id && old.Model.Address == model.Address);
        return new InstanceState(model, leases.Of(model.Id)) { IsFailing = same?.IsFailing ?? false };
    }

    ServiceState Attach(ServiceModel service)
    {
        var state = _services.GetOrAdd(service.Name, static _ => new ServiceState());
        service.State = state;
        return state;
    }
}
