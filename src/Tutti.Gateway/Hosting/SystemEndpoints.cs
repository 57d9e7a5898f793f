using Tutti.Gateway.Hosting.Hystrix;
using Tutti.Gateway.Hosting.Metrics;
using Tutti.Gateway.Hosting.Status;

namespace Tutti.Gateway.Hosting;

/// <summary>What Octoparts answers about itself, and Prometheus' metrics. What tells of the inside is for operators alone.</summary>
internal static class SystemEndpoints
{
    public static IServiceCollection AddSystemEndpoints(this IServiceCollection services) => services
        .AddSingleton<HealthcheckEndpoint>()
        .AddSingleton<HystrixStream>()
        .AddSingleton<AggregateMetrics>()
        .AddSingleton<CacheMetrics>()
        .AddSingleton<ServiceMetrics>()
        .AddSingleton<MetricsEndpoint>();

    /// <summary>For both listeners.</summary>
    public static IEndpointRouteBuilder MapStatus(this IEndpointRouteBuilder routes)
    {
        var health = routes.ServiceProvider.GetRequiredService<HealthcheckEndpoint>();
        routes.MapGet("/system/healthcheck", health.HandleAsync);
        routes.MapGet("/system/build", BuildEndpoint.HandleAsync);
        return routes;
    }

    /// <summary>For the management listener.</summary>
    public static IEndpointRouteBuilder MapInsides(this IEndpointRouteBuilder routes)
    {
        var stream = routes.ServiceProvider.GetRequiredService<HystrixStream>();
        var metrics = routes.ServiceProvider.GetRequiredService<MetricsEndpoint>();
        routes.MapGet("/system/config", ConfigEndpoint.HandleAsync);
        routes.MapGet("/hystrix.stream", stream.HandleAsync);
        routes.MapGet("/metrics", metrics.HandleAsync);
        return routes;
    }
}
