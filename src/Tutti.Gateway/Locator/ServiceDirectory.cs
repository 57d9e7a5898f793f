using System.Collections.Concurrent;
using Tutti.Gateway.Locator.Leases;
using Tutti.Gateway.Locator.Sources;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Locator;

/// <summary>The living services and instances. They stand beside the registry's snapshot, so that a change of it loses nothing that is known.</summary>
internal sealed class ServiceDirectory(LeaseTable leases, LocatorOptions options, TimeProvider clock)
{
    readonly ConcurrentDictionary<string, ServiceState> _services = new(StringComparer.Ordinal);
    readonly ILookup<string, string> _configured = options.Instances
        .Select(text => text.Split('=', 2, StringSplitOptions.TrimEntries))
        .Where(pair => pair.Length == 2)
        .ToLookup(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

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

    /// <summary>Takes over what the source of a service told. An instance that it tells again keeps its state.</summary>
    /// <param name="stay">How long an instance stays without being told again.</param>
    public void Discover(ServiceModel service, IReadOnlyList<FoundInstance> found, TimeSpan stay)
    {
        var isNews = false;
        lock (_change)
        {
            if (!_followed.Services.TryGetValue(service.Name, out var current) || !ReferenceEquals(current, service))
            {
                return;
            }

            var (state, now) = (Of(service), clock.GetTimestamp());
            InstanceState[] told =
            [
                .. found.DistinctBy(one => one.Address).Select(one => Known(state, one) ?? Outside(service, one)),
            ];
            InstanceState[] staying = [.. state.Found.Where(known => known.Lease.IsOn(now) && !told.Contains(known) && found.Count == 0)];
            foreach (var instance in told)
            {
                instance.Lease.Set(true, now + (long)(stay.TotalSeconds * clock.TimestampFrequency), 1);
            }

            isNews = told.Length + staying.Length != state.Found.Length || told.Any(instance => !state.Found.Contains(instance));
            state.Set(state.Registered, state.Configured ?? Configured(service), [.. told, .. staying]);
        }

        if (isNews)
        {
            Changed?.Invoke(_followed);
        }
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
        var found = service.Config.Source is null ? [] : state.Found;
        var before = state.Registered;
        InstanceModel[] now = [.. models];
        if (state.Configured is not null && found.Length == state.Found.Length && before.Select(instance => instance.Model).SequenceEqual(now))
        {
            return;
        }

        var known = before.ToDictionary(instance => instance.Model);
        state.Set([.. now.Select(model => known.GetValueOrDefault(model) ?? Enter(model, before))], state.Configured ?? Configured(service), found);
    }

    InstanceState[] Configured(ServiceModel service)
    {
        InstanceState[] instances =
        [
            .. _configured[service.Name].Select(address => InstanceAddress.Parse(address, service.Config.Protocol)).OfType<Uri>().Select(uri => Outside(service, new FoundInstance(uri))),
        ];
        foreach (var instance in instances)
        {
            instance.Lease.Set(true, InstanceLease.Never, 1);
        }

        return instances;
    }

    /// <summary>An instance that the registry does not know.</summary>
    static InstanceState Outside(ServiceModel service, FoundInstance found) => new(
        new InstanceModel(new InstanceConfig { InstanceId = $"{service.Name}@{found.Address.Authority}", Weight = found.Weight }, service.Name, found.Address)
        {
            IsBackup = found.IsBackup,
        },
        new InstanceLease());

    static InstanceState? Known(ServiceState state, FoundInstance found) => state.Found.FirstOrDefault(
        known => known.Model.Address == found.Address && known.Model.Weight == found.Weight && known.Model.IsBackup == found.IsBackup);

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
