using Microsoft.AspNetCore.Hosting;
using Tutti.Batching.Answering;
using Tutti.Batching.Dispatch;
using Tutti.Batching.Reading;
using Tutti.Batching.Running;

namespace Tutti.Batching;

/// <summary>Registers batching.</summary>
public static class BatchingServices
{
    /// <summary>Adds what <see cref="BatchingEndpoints.MapTuttiBatch"/> needs.</summary>
    /// <param name="services">The services of the app.</param>
    /// <param name="configure">Changes the limits.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddTuttiBatching(this IServiceCollection services, Action<TuttiBatchingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<TuttiBatchingOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        if (services.Any(service => service.ServiceType == typeof(AppPipeline)))
        {
            return services;
        }

        options.ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AppPipeline>();
        // The first filter is the outermost: what other filters put around the app is inside what is captured.
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter>(static provider => provider.GetRequiredService<AppPipeline>()));
        return services
            .AddSingleton(static provider => new HeaderRules(provider))
            .AddSingleton<CallPool>()
            .AddSingleton<CallDispatcher>()
            .AddSingleton<QueryReader>()
            .AddSingleton<BodyReader>()
            .AddSingleton<CallMaker>()
            .AddSingleton<BatchRunner>()
            .AddSingleton<BatchEndpoint>();
    }
}
