using System.Collections.Concurrent;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Locator.Leases;

/// <summary>The leases of all instances as this node knows them.</summary>
internal sealed class LeaseTable(TimeProvider clock)
{
    readonly ConcurrentDictionary<string, InstanceLease> _leases = new(StringComparer.Ordinal);
    readonly Lock _change = new();
    IReadOnlyList<InstanceConfig> _list = [];
    Dictionary<string, InstanceConfig> _instances = new(StringComparer.Ordinal);

    /// <summary>Raised where another process may run at an instance's place, so that what is stored of it must be read again.</summary>
    public event Action? Restarted;

    public int Count => _instances.Count;

    public InstanceLease Of(string instanceId) => _leases.GetOrAdd(instanceId, static _ => new InstanceLease());

    public InstanceConfig? Instance(string instanceId) => _instances.GetValueOrDefault(instanceId);

    /// <summary>Takes over which instances are registered. A new one begins a whole lease, until what is stored of it is read.</summary>
    public void Follow(IReadOnlyList<InstanceConfig> instances)
    {
        var isRestarted = false;
        if (ReferenceEquals(_list, instances))
        {
            return;
        }

        lock (_change)
        {
            var before = _instances;
            _list = instances;
            _instances = instances.ToDictionary(instance => instance.InstanceId, StringComparer.Ordinal);
            foreach (var instance in instances)
            {
                if (!before.TryGetValue(instance.InstanceId, out var old))
                {
                    Begin(instance);
                }
                else if (!ReferenceEquals(old, instance))
                {
                    isRestarted |= Change(old, instance);
                }
            }

            foreach (var gone in before.Keys.Where(id => !_instances.ContainsKey(id)))
            {
                _leases.TryRemove(gone, out _);
            }
        }

        if (isRestarted)
        {
            Restarted?.Invoke();
        }
    }

    /// <summary>Takes over what is stored of an instance, unless it is known already.</summary>
    /// <param name="age">How long ago it was renewed, by the database's clock.</param>
    public void Apply(string instanceId, bool isStarted, TimeSpan age, long change)
    {
        lock (_change)
        {
            var lease = Of(instanceId);
            if (lease.Change < change)
            {
                var left = Length(instanceId) - (age > TimeSpan.Zero ? age : TimeSpan.Zero);
                lease.Set(isStarted, EndsIn(left), change);
            }
        }
    }

    /// <summary>Takes over what this node stored.</summary>
    public void Renew(string instanceId, bool? isStarted, long change)
    {
        lock (_change)
        {
            var lease = Of(instanceId);
            lease.Set(isStarted ?? lease.IsStarted, EndsIn(Length(instanceId)), Math.Max(change, lease.Change));
        }
    }

    void Begin(InstanceConfig instance)
    {
        var lease = Of(instance.InstanceId);
        if (lease.Change == 0)
        {
            lease.Restart(instance.Bundle is null, EndsIn(Length(instance.InstanceId)), clock.GetTimestamp());
        }
        else
        {
            // Its row was read before it was known how long it lasts.
            lease.Set(lease.IsStarted, EndsIn(Length(instance.InstanceId)), lease.Change);
        }
    }

    bool Change(InstanceConfig old, InstanceConfig next)
    {
        var lease = Of(next.InstanceId);
        var isAnother = next.IsAnotherProcessThan(old);
        if (isAnother || old.Lease != next.Lease)
        {
            lease.Restart(isAnother ? next.Bundle is null : lease.IsStarted, EndsIn(Length(next.InstanceId)), clock.GetTimestamp());
        }

        return isAnother || old.Lease != next.Lease;
    }

    TimeSpan? Length(string instanceId) =>
        _instances.TryGetValue(instanceId, out var instance) && instance.Lease is { } lease ? TimeSpan.FromMilliseconds(lease) : null;

    long EndsIn(TimeSpan? left) => left is { } time
        ? clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency)
        : InstanceLease.Never;
}
