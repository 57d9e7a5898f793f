using Tutti.Gateway.Aggregation.OnePart;
using Tutti.Gateway.Aggregation.Wire;
using Tutti.Gateway.Caching;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Aggregation;

/// <summary>Registers the doors of parts.</summary>
internal static class AggregationServices
{
    public static IServiceCollection AddAggregation(this IServiceCollection services) => services
        .AddSingleton<AggregatePlanner>()
        .AddSingleton<PartLine>()
        .AddSingleton<PartFanOut>()
        .AddSingleton<AggregateWriter>()
        .AddSingleton<AggregateGate>()
        .AddSingleton(static provider => new LateCalls(provider.GetRequiredService<AggregationOptions>().MaxLateCalls))
        .AddSingleton<AnswerStream>()
        .AddSingleton<StoredReply>()
        .AddSingleton<CachedDoor>()
        .AddSingleton<AggregateEndpoint>()
        .AddSingleton<PartEndpoint>()
        .AddSingleton<DiscoveryEndpoint>();
}
