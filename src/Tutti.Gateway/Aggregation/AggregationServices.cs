using Tutti.Gateway.Aggregation.OnePart;
using Tutti.Gateway.Aggregation.Wire;
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
        .AddSingleton<LateCalls>()
        .AddSingleton<AnswerStream>()
        .AddSingleton<AggregateEndpoint>()
        .AddSingleton<PartEndpoint>()
        .AddSingleton<DiscoveryEndpoint>();
}
