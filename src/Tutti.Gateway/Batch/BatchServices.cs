using Tutti.Batching;

namespace Tutti.Gateway.Batch;

/// <summary>Registers batches, with the limits of this gateway.</summary>
internal static class BatchServices
{
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
