using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Registry.Admin.Services;

/// <summary>How services, bundles and instances are listed.</summary>
internal static class ServiceLists
{
    public static ListQuery<ServiceConfig> Services { get; } = new(
        new Dictionary<string, Comparison<ServiceConfig>>(StringComparer.Ordinal)
        {
            ["name"] = By<ServiceConfig>(service => service.Name),
            ["owner"] = By<ServiceConfig>(service => service.Owner),
            ["protocol"] = By<ServiceConfig>(service => service.Protocol),
            ["version"] = (a, b) => a.Version.CompareTo(b.Version),
        },
        "name",
        service => [service.Name, service.Owner, service.Description, service.Route.Prefix]);

    public static ListQuery<BundleConfig> Bundles { get; } = new(
        new Dictionary<string, Comparison<BundleConfig>>(StringComparer.Ordinal)
        {
            ["bundleId"] = By<BundleConfig>(bundle => bundle.BundleId),
            ["name"] = By<BundleConfig>(bundle => bundle.Name),
            ["bundleVersion"] = By<BundleConfig>(bundle => bundle.BundleVersion),
            ["owner"] = By<BundleConfig>(bundle => bundle.Owner),
            ["version"] = (a, b) => a.Version.CompareTo(b.Version),
        },
        "bundleId",
        bundle => [bundle.BundleId, bundle.Name, bundle.BundleVersion, bundle.Owner, .. bundle.Endpoints.Select(endpoint => endpoint.Service)]);

    public static ListQuery<InstanceConfig> Instances { get; } = new(
        new Dictionary<string, Comparison<InstanceConfig>>(StringComparer.Ordinal)
        {
            ["instanceId"] = By<InstanceConfig>(instance => instance.InstanceId),
            ["bundle"] = By<InstanceConfig>(instance => instance.Bundle),
            ["zone"] = By<InstanceConfig>(instance => instance.Zone),
            ["weight"] = (a, b) => a.Weight.CompareTo(b.Weight),
            ["version"] = (a, b) => a.Version.CompareTo(b.Version),
        },
        "instanceId",
        instance =>
        [
            instance.InstanceId, instance.Bundle, instance.Zone,
            .. instance.Addresses.Select(address => address.Service), .. instance.Addresses.Select(address => address.Address),
        ]);

    static Comparison<T> By<T>(Func<T, string?> field) => (a, b) => string.CompareOrdinal(field(a), field(b));
}
