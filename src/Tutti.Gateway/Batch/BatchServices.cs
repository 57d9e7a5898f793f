using Tutti.Batching;

namespace Tutti.Gateway.Batch;

/// <summary>Registers batches, with the limits of this gateway.</summary>
internal static class BatchServices
{
    /// <summary>The name under which OpenTelemetry subscribes to the spans of requests in a batch.</summary>
    public const string ActivitySource = "Tutti.Batching";

    public static IServiceCollection AddBatch(this IServiceCollection services)
    {
        services.AddTuttiBatching();
        services.AddOptions<TuttiBatchingOptions>().Configure<BatchOptions>(static (batching, own) =>
        {
            batching.MaxRequests = own.MaxRequests;
            batching.MaxConcurrentRequests = own.MaxConcurrentRequests;
            batching.MaxRequestBytes = own.MaxRequestBytes;
            batching.MaxResponseBytes = own.MaxResponseBytes;
            batching.MaxTotalResponseBytes = own.MaxTotalResponseBytes;
            batching.MaxUrlLength = own.MaxUrlLength;
            batching.MaxJsonDepth = own.MaxJsonDepth;
            batching.Timeout = TimeSpan.FromMilliseconds(own.TimeoutMs);
        });
        return services;
    }
}
