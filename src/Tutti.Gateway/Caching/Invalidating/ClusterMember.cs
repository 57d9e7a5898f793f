using Tutti.Gateway.Caching.Cluster;

namespace Tutti.Gateway.Caching.Invalidating;

/// <summary>Joins the cluster when the process starts, before any request can invalidate.</summary>
internal sealed class ClusterMember(ClusterNode cluster, Invalidator invalidator, Courier courier) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        cluster.Start(invalidator.Events());
        return Task.CompletedTask;
    }

    /// <summary>What is being told is told to its end, unless the process has to go.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => courier.EndAsync(cancellationToken);
}
