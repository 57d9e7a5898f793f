namespace Tutti.Gateway.Caching.Cluster;

/// <summary>Registers what nodes share.</summary>
internal static class ClusterServices
{
    public static IServiceCollection AddCluster(this IServiceCollection services) => services.AddSingleton<ClusterNode>();
}
