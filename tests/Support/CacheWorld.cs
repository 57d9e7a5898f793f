using Microsoft.Extensions.DependencyInjection;
using Tutti.Gateway.Aggregation;
using Tutti.Gateway.Caching;
using Tutti.Gateway.Caching.Cluster;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Resilience;
using Tutti.Gateway.Telemetry;

namespace Tutti.Tests;

/// <summary>The line of calls put together as the gateway does it, without a server.</summary>
internal sealed class CacheWorld : IDisposable
{
    readonly ServiceProvider _services;

    public CacheWorld(TimeProvider clock, CachingOptions? options = null) => _services = new ServiceCollection()
        .AddLogging()
        .AddMetrics()
        .AddSingleton(clock)
        .AddSingleton(new AggregationOptions())
        .AddSingleton(new BackendOptions())
        .AddSingleton(new CircuitOptions())
        .AddSingleton(options ?? new CachingOptions())
        .AddSingleton(new ClusterOptions())
        .AddSingleton<PartRegistry>()
        .AddTelemetry()
        .AddCalls()
        .AddResilience()
        .AddCaching()
        .AddAggregation()
        .BuildServiceProvider();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public void Dispose() => _services.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
