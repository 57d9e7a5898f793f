namespace Tutti.Gateway.Telemetry;

/// <summary>Registers counters and instruments.</summary>
internal static class TelemetryServices
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services) => services
        .AddSingleton<PartStatsTable>()
        .AddSingleton<AggregateStats>()
        .AddSingleton<TuttiMetrics>();
}
