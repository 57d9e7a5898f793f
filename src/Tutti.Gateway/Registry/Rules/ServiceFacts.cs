using System.Runtime.CompilerServices;
using Tutti.Gateway.Registry.Services;
using Tutti.Gateway.Registry.Services.Routing;

namespace Tutti.Gateway.Registry.Rules;

/// <summary>What the rules of services ask about the rest of the registry; each index is made when it is first asked for.</summary>
internal sealed class ServiceFacts(RegistryConfig config)
{
    /// <summary>An entry is immutable, so its routes stay what they are; compiling those of ten thousand services at each edit takes long.</summary>
    static readonly ConditionalWeakTable<ServiceConfig, RouteModel[]> Compiled = [];

    readonly Lazy<Dictionary<string, ServiceConfig>> _services = new(() => config.Services.ToDictionary(service => service.Name, StringComparer.Ordinal));

    readonly Lazy<Dictionary<string, BundleConfig>> _bundles = new(() => config.Bundles.ToDictionary(bundle => bundle.BundleId, StringComparer.Ordinal));

    readonly Lazy<ILookup<(RouteKind Kind, string Text, string? Host, string? Method), string>> _routes =
        new(() => config.Services.SelectMany(RoutesOf).ToLookup(route => route.Key, route => route.Service.Name));

    readonly Lazy<ILookup<string, BundleConfig>> _offers = new(() => config.Bundles
        .SelectMany(bundle => bundle.Endpoints, (bundle, endpoint) => (bundle, endpoint.Service))
        .ToLookup(offer => offer.Service, offer => offer.bundle, StringComparer.Ordinal));

    public ServiceConfig? Service(string name) => _services.Value.GetValueOrDefault(name);

    public BundleConfig? Bundle(string id) => _bundles.Value.GetValueOrDefault(id);

    /// <summary>The services that a route leads to: more than one is a conflict.</summary>
    public IEnumerable<string> OwnersOf(RouteModel route) => _routes.Value[route.Key];

    /// <summary>The bundles that offer a service.</summary>
    public IEnumerable<BundleConfig> OffersOf(string service) => _offers.Value[service];

    /// <summary>The ways to a service, without those that cannot be compiled.</summary>
    public static RouteModel[] RoutesOf(ServiceConfig service) => Compiled.GetValue(service, Compile);

    static RouteModel[] Compile(ServiceConfig service)
    {
        try
        {
            return ServiceModel.Compile(service, []).Routes;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return [];
        }
    }
}
