using Tutti.Gateway.Calls;
using Tutti.Gateway.Locator.Balancing;
using Tutti.Gateway.Locator.Doors;
using Tutti.Gateway.Locator.Health;
using Tutti.Gateway.Locator.Hosts;
using Tutti.Gateway.Locator.Leases;
using Tutti.Gateway.Locator.Sources;
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
        .AddSingleton<ICallTargets, CallTargets>()
        .AddServiceDiscoveryCore()
        .AddConfigurationServiceEndpointProvider()
        .AddSingleton<SrvSource>()
        .AddSingleton<InstanceSource>()
        .AddHostedService<SourceWatcher>()
        .AddSingleton<HealthProbe>()
        .AddHostedService<HealthChecks>()
        .AddHostedService<InstanceWatch>()
        .AddSingleton<PublicAddress>()
        .AddSingleton<LocatorDoor>()
        .AddSingleton<ServiceHostsDoor>()
        .AddSingleton<ServiceEvents>()
        .AddSingleton<Signaller>()
        .AddSingleton<StatusDoor>()
        .ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, LocatorJson.Default));
}
