using Tutti.Gateway.Caching;
using Tutti.Gateway.Locator;
using Tutti.Gateway.Proxy;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Hosting;

/// <summary>Tells what lives beside the registry's snapshot that it changed, and the log what is loud about the new one.</summary>
internal sealed class RegistryFollowers(
    PartRegistry registry, ServiceDirectory services, ProxyStates proxied, ResilienceStates states, PartStatsTable stats, CachedParts cached, ILogger<PartRegistry> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        registry.Swapped += Follow;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        registry.Swapped -= Follow;
        return Task.CompletedTask;
    }

    void Follow(RegistrySnapshot snapshot)
    {
        services.Follow(snapshot);
        proxied.Follow(snapshot);
        states.Follow(snapshot);
        stats.Retain(snapshot.Parts.ContainsKey);
        cached.Retain(snapshot.Parts.ContainsKey);
        foreach (var part in snapshot.Parts.Values)
        {
            if (!part.Config.Backend.VerifyTls)
            {
                log.UnverifiedTls(part.Id);
            }
        }
    }
}
