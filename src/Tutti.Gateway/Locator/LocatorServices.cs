using Tutti.Gateway.Locator.Doors;
using Tutti.Gateway.Locator.Health;
using Tutti.Gateway.Locator.Leases;
using Tutti.Gateway.Locator.Status;

namespace Tutti.Gateway.Locator;

/// <summary>Registers what finds services and keeps their instances.</summary>
internal static class LocatorServices
{
    public static IServiceCollection AddLocator(this IServiceCollection services) => services
        .AddSingleton<LeaseTable>()
        .AddSingleton<LeaseStore>()
        .AddSingleton<LeaseWriter>()
        .AddHostedService(static provider => provider.GetRequiredService<LeaseWriter>())
        .AddHostedService<LeaseWatcher>()
        .AddSingleton<ServiceDirectory>()
        .AddSingleton<ServiceFeed>()
        .AddSingleton<HealthProbe>()
        .AddHostedService<HealthChecks>()
        .AddHostedService<InstanceWatch>()
        .AddSingleton<PublicAddress>()
        .AddSingleton<LocatorDoor>()
        .AddSingleton<Signaller>()
        .AddSingleton<StatusDoor>()
        .ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, LocatorJson.Default));
}
