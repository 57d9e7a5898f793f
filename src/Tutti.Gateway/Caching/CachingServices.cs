using Tutti.Gateway.Caching.Cluster;
using Tutti.Gateway.Caching.Fetching;
using Tutti.Gateway.Caching.Invalidating;
using Tutti.Gateway.Caching.Marks;
using Tutti.Gateway.Caching.Sharing;

namespace Tutti.Gateway.Caching;

/// <summary>Registers the cache of parts.</summary>
internal static class CachingServices
{
    public static IServiceCollection AddCaching(this IServiceCollection services) => services
        .AddSingleton<MarkTable>()
        .AddSingleton<CachedParts>()
        .AddSingleton<EntryShelf>()
        .AddSingleton<Fetches>()
        .AddSingleton<Refreshes>()
        .AddSingleton<Fetcher>()
        .AddSingleton<FetchRun>()
        .AddSingleton<SharedShelf>()
        .AddSingleton<PartCache>()
        .AddSingleton<Courier>()
        .AddSingleton<Invalidator>()
        .AddSingleton<CachedUris>()
        .AddSingleton<InvalidationDoor>()
        .AddCluster()
        .AddHostedService<ClusterMember>()
        .AddHostedService<UnsafeEffects>();
}
