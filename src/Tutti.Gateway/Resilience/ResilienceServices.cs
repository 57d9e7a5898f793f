using Tutti.Gateway.Resilience.Admin;

using Tutti.Gateway.Resilience.Opening;

namespace Tutti.Gateway.Resilience;

/// <summary>Registers circuits, pools and attempts.</summary>
internal static class ResilienceServices
{
    public static IServiceCollection AddResilience(this IServiceCollection services) => services
        .AddSingleton<ResilienceStates>()
        .AddSingleton<CallCounter>()
        .AddSingleton<PartOpener>()
        .AddSingleton<PartAttempts>()
        .AddSingleton<PartGuard>()
        .ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ResilienceJson.Default));
}
