using Tutti.Gateway.Caching.Cluster;

namespace Tutti.Gateway.Caching.Invalidating;

/// <summary>Joins the cluster when the process starts, before any request can invalidate.</summary>
internal sealed class ClusterMember(ClusterNode cluster, Invalidator invalidator) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        cluster.Start(invalidator.Events());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
