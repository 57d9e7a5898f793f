using Tutti.Gateway.Locator.Leases;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Hosting;

/// <summary>Whether this node wants traffic: the registry is loaded, the line is warm, and no one has asked it to stop.</summary>
internal sealed class Readiness(PartRegistry registry, LeaseStore leases)
{
    volatile bool _isWarm;
    volatile bool _isStopping;

    public bool IsStopping => _isStopping;

    /// <summary>Why not; null if it is ready.</summary>
    public string? NotReadyBecause =>
        _isStopping ? "stopping"
        : !registry.IsLoaded ? "the registry is not loaded"
        : !leases.IsLoaded ? "the leases are not loaded"
        : !_isWarm ? "warming up"
        : null;

    public void Warm() => _isWarm = true;

    public void Stop() => _isStopping = true;
}
