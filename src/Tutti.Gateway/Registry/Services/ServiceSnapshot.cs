using Tutti.Gateway.Registry.Services.Routing;

namespace Tutti.Gateway.Registry.Services;

/// <summary>Services, bundles and instances, compiled; what did not change is taken from the snapshot before.</summary>
internal sealed class ServiceSnapshot
{
    public static ServiceSnapshot Empty { get; } = new()
    {
        Services = new Dictionary<string, ServiceModel>(StringComparer.Ordinal),
        Routes = RouteTable.Empty,
        Bundles = new Dictionary<string, BundleConfig>(StringComparer.Ordinal),
        Instances = Array.Empty<InstanceModel>().ToLookup(instance => instance.Service, StringComparer.Ordinal),
    };

    public required IReadOnlyDictionary<string, ServiceModel> Services { get; init; }

    public required RouteTable Routes { get; init; }

    public required IReadOnlyDictionary<string, BundleConfig> Bundles { get; init; }

    /// <summary>The instances of each service.</summary>
    public required ILookup<string, InstanceModel> Instances { get; init; }

    /// <param name="check">What is wrong with a service within this registry.</param>
    public static ServiceSnapshot Compile(RegistryConfig config, Func<ServiceConfig, IReadOnlyList<Fault>> check, RegistrySnapshot? previous)
    {
        var before = previous?.Services ?? Empty;
        var old = previous?.Config ?? RegistryConfig.Empty;
        var isSame = ReferenceEquals(config.Services, old.Services);
        var services = isSame ? before.Services : Compile(config.Services, check, before);
        return new ServiceSnapshot
        {
            Services = services,
            Routes = isSame ? before.Routes : new RouteTable(services.Values),
            Bundles = ReferenceEquals(config.Bundles, old.Bundles)
                ? before.Bundles
                : config.Bundles.ToDictionary(bundle => bundle.BundleId, StringComparer.Ordinal),
            Instances = isSame && ReferenceEquals(config.Instances, old.Instances) ? before.Instances : Compile(config.Instances, services, before),
        };
    }

    static Dictionary<string, ServiceModel> Compile(
        IReadOnlyList<ServiceConfig> services, Func<ServiceConfig, IReadOnlyList<Fault>> check, ServiceSnapshot before)
    {
        return services.ToDictionary(service => service.Name, Model, StringComparer.Ordinal);

        ServiceModel Model(ServiceConfig service) =>
            before.Services.TryGetValue(service.Name, out var known) && ReferenceEquals(known.Config, service) && known.Faults.Count == 0
                ? known
                : ServiceModel.Compile(service, check(service));
    }

    static ILookup<string, InstanceModel> Compile(
        IReadOnlyList<InstanceConfig> instances, IReadOnlyDictionary<string, ServiceModel> services, ServiceSnapshot before)
    {
        var known = before.Instances.SelectMany(group => group).ToDictionary(instance => (instance.Config, instance.Service), ByReference.Instance);
        return instances.SelectMany(Models).ToLookup(instance => instance.Service, StringComparer.Ordinal);

        IEnumerable<InstanceModel> Models(InstanceConfig instance)
        {
            foreach (var address in instance.Addresses)
            {
                if (services.TryGetValue(address.Service, out var service) && InstanceAddress.Parse(address.Address, service.Config.Protocol) is { } uri)
                {
                    yield return known.GetValueOrDefault((instance, address.Service)) is { } same && same.Address == uri
                        ? same
                        : new InstanceModel(instance, address.Service, uri);
                }
            }
        }
    }

    /// <summary>Entries are immutable, so the same object is the same state; comparing their contents would cost much more.</summary>
    sealed class ByReference : IEqualityComparer<(InstanceConfig Config, string Service)>
    {
        public static ByReference Instance { get; } = new();

        public bool Equals((InstanceConfig Config, string Service) x, (InstanceConfig Config, string Service) y) =>
            ReferenceEquals(x.Config, y.Config) && x.Service == y.Service;

        public int GetHashCode((InstanceConfig Config, string Service) key) => HashCode.Combine(
            System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key.Config), key.Service.GetHashCode(StringComparison.Ordinal));
    }
}
