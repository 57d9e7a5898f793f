using Tutti.Gateway.Resilience.Admin;

namespace Tutti.Gateway.Resilience;

/// <summary>Registers circuits, pools and attempts.</summary>
internal static class ResilienceServices
{
    public static IServiceCollection AddResilience(this IServiceCollection services) => services
        .AddSingleton<ResilienceStates>()
        .AddSingleton<PartAttempts>()
        .AddSingleton<PartGuard>()
        .ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ResilienceJson.Default));
}
