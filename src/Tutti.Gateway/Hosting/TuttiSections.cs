using Microsoft.Extensions.Configuration;
using Tutti.Gateway.Aggregation;
using Tutti.Gateway.Batch;
using Tutti.Gateway.Caching;
using Tutti.Gateway.Caching.Cluster;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Edge.Answers;
using Tutti.Gateway.Edge.Json;
using Tutti.Gateway.Edge.OldBrowsers;
using Tutti.Gateway.Hosting.Limits;
using Tutti.Gateway.Locator;
using Tutti.Gateway.ProxyCache;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience;
using Tutti.Gateway.Storage;

namespace Tutti.Gateway.Hosting;

/// <summary>All sections of <c>Tutti</c> in the configuration.</summary>
internal static class TuttiSections
{
    public static IReadOnlyList<TuttiSection> All { get; } =
    [
        new("Traffic", typeof(TrafficOptions)),
        new("Management", typeof(ManagementOptions)),
        new("Limits", typeof(LimitOptions)),
        new("Requests", typeof(RequestOptions)),
        new("OldBrowsers", typeof(OldBrowserOptions)),
        new("Cors", typeof(CrossOriginOptions)),
        new("Answers", typeof(AnswerOptions)),
        new("Storage", typeof(StorageOptions)),
        new("Registry", typeof(RegistryOptions)),
        new("Services", typeof(LocatorOptions)),
        new("Aggregates", typeof(AggregationOptions)),
        new("Batch", typeof(BatchOptions)),
        new("Cache", typeof(CachingOptions)),
        new("ProxyCache", typeof(ProxyCacheOptions)),
        new("Backends", typeof(BackendOptions)),
        new("Circuits", typeof(CircuitOptions)),
        new("Redis", typeof(ClusterOptions)),
        new("Shutdown", typeof(ShutdownOptions)),
    ];

    /// <summary>Binds every section. Workers take the options themselves: they are fixed from the start.</summary>
    public static IServiceCollection AddTuttiSections(this IServiceCollection services, IConfiguration configuration) => services
        .Bind<TrafficOptions>(configuration, "Traffic")
        .Bind<ManagementOptions>(configuration, "Management")
        .Bind<LimitOptions>(configuration, "Limits")
        .Bind<RequestOptions>(configuration, "Requests")
        .Bind<OldBrowserOptions>(configuration, "OldBrowsers")
        .Bind<CrossOriginOptions>(configuration, "Cors")
        .Bind<AnswerOptions>(configuration, "Answers")
        .Bind<StorageOptions>(configuration, "Storage")
        .Bind<RegistryOptions>(configuration, "Registry")
        .Bind<LocatorOptions>(configuration, "Services")
        .Bind<AggregationOptions>(configuration, "Aggregates")
        .Bind<BatchOptions>(configuration, "Batch")
        .Bind<CachingOptions>(configuration, "Cache")
        .Bind<ProxyCacheOptions>(configuration, "ProxyCache")
        .Bind<BackendOptions>(configuration, "Backends")
        .Bind<CircuitOptions>(configuration, "Circuits")
        .Bind<ClusterOptions>(configuration, "Redis")
        .Bind<ShutdownOptions>(configuration, "Shutdown");

    static IServiceCollection Bind<TOptions>(this IServiceCollection services, IConfiguration configuration, string name)
        where TOptions : class
    {
        services.Configure<TOptions>(configuration.GetSection($"Tutti:{name}"));
        return services.AddSingleton(static provider => provider.GetRequiredService<IOptions<TOptions>>().Value);
    }
}
