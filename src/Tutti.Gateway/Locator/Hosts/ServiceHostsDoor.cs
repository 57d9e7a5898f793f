using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Locator.Hosts;

/// <summary>Tells where the instances of a service are, in the forms of ConductR 1.1 and 2.1.</summary>
internal sealed class ServiceHostsDoor(PartRegistry registry, ServiceDirectory directory, TimeProvider clock)
{
    public IResult ListTexts(string name) => TypedResults.Json([.. Addresses(name).Select(ServiceHost.TextOf)], LocatorJson.Default.StringArray);

    public IResult ListHosts(string name) => TypedResults.Json([.. Addresses(name).Select(ServiceHost.Of)], LocatorJson.Default.ServiceHostArray);

    public IResult FindText(string name, string host) =>
        At(name, host) is { } address ? TypedResults.Json(ServiceHost.TextOf(address), LocatorJson.Default.String) : TypedResults.NotFound();

    public IResult FindHost(string name, string host) =>
        At(name, host) is { } address ? TypedResults.Json(ServiceHost.Of(address), LocatorJson.Default.ServiceHost) : TypedResults.NotFound();

    /// <summary>The service of that name, if it runs.</summary>
    public ServiceModel? Service(string name) =>
        registry.Current.Services.Services.TryGetValue(name, out var service) && service.Faults.Count == 0 ? service : null;

    /// <summary>The addresses of the instances that are in; none for a service that nobody knows.</summary>
    public IEnumerable<Uri> Addresses(string name)
    {
        var now = clock.GetTimestamp();
        return Service(name) is { } service
            ? directory.Of(service).Instances.Where(instance => instance.IsIn(now)).Select(instance => instance.Model.Address)
            : [];
    }

    Uri? At(string name, string host) => Addresses(name).FirstOrDefault(address => address.Host.Trim('[', ']').Equals(host, StringComparison.OrdinalIgnoreCase));
}
