using Tutti.Gateway.Locator.Leases;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Locator;

/// <summary>What lives of one instance of one service.</summary>
internal sealed class InstanceState(InstanceModel model, InstanceLease lease)
{
    volatile bool _isFailing;
    long _evictedUntil;
    int _failures;
    int _running;

    public InstanceModel Model => model;

    public InstanceLease Lease => lease;

    /// <summary>Whether its probes fail.</summary>
    public bool IsFailing
    {
        get => _isFailing;
        set => _isFailing = value;
    }

    /// <summary>How many requests run there now, through this node.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Whether it may be told to clients and gets requests: started, in its lease, and not failing its probes.</summary>
    public bool IsIn(long now) => !_isFailing && lease.IsOn(now);

    /// <summary>Whether requests lately found it broken. It is then asked only if there is no other.</summary>
    public bool IsEvicted(long now) => now < Volatile.Read(ref _evictedUntil);

    public void Begin() => Interlocked.Increment(ref _running);

    public void End() => Interlocked.Decrement(ref _running);

    /// <summary>A request went well.</summary>
    public void Succeeded()
    {
        if (Volatile.Read(ref _failures) != 0)
        {
            Volatile.Write(ref _failures, 0);
        }
    }

    /// <summary>A request failed.</summary>
    /// <param name="most">How many failures in a row evict it.</param>
    /// <param name="until">The timestamp until which it is then out.</param>
    public void Failed(int most, long until)
    {
        if (Interlocked.Increment(ref _failures) >= most)
        {
            Evict(until);
        }
    }

    public void Evict(long until)
    {
        Volatile.Write(ref _failures, 0);
        Volatile.Write(ref _evictedUntil, until);
    }

    /// <summary>It said or showed that it is well.</summary>
    public void Recover()
    {
        Volatile.Write(ref _failures, 0);
        Volatile.Write(ref _evictedUntil, 0);
    }

    /// <summary>The state in one word.</summary>
    public string Word(long now) =>
        !lease.IsStarted ? "starting"
        : now >= lease.Ends ? "lapsed"
        : _isFailing ? "failing"
        : IsEvicted(now) ? "evicted"
        : "in";
}
