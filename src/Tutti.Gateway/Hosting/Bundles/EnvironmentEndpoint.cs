using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Tutti.Gateway.Locator;
using Tutti.Gateway.Locator.Doors;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Admin;

namespace Tutti.Gateway.Hosting.Bundles;

/// <summary>Tells the environment of a bundle: the addresses of this gateway as the one who asks reaches them, unless they are configured.</summary>
internal sealed class EnvironmentEndpoint(PartRegistry registry, LocatorOptions options, IServer server)
{
    public void Map(IEndpointRouteBuilder routes) => routes
        .MapGet($"{RegistryEndpoints.Root}/bundles/{{key}}/environment", Read)
        .WithTags("Bundles").WithName("ReadBundleEnvironment").WithSummary("The variables that ConductR's libraries read in a bundle")
        .Produces<Dictionary<string, string>>().ProducesProblem(404);

    IResult Read(HttpContext context, string key, string? instance)
    {
        var services = registry.Current.Services;
        if (!services.Bundles.TryGetValue(key, out var bundle))
        {
            return Problems.Missing($"There is no bundle '{key}'.");
        }

        var found = registry.Current.Config.Instances.FirstOrDefault(one => one.Bundle == key && one.InstanceId == instance);
        if (instance is not null && found is null)
        {
            return Problems.Missing($"The bundle '{key}' has no instance '{instance}'.");
        }

        var host = CallerAddress.HostOf(context.Connection.LocalIpAddress);
        var status = $"http://{host}:{context.Connection.LocalPort}{(found is null ? "" : $"/instances/{Uri.EscapeDataString(found.InstanceId)}")}";
        var traffic = options.PublicUrl.Length > 0 ? options.PublicUrl.TrimEnd('/') : $"http://{host}:{TrafficPort()}";
        return TypedResults.Ok(new Dictionary<string, string>(BundleEnvironment.Of(bundle, found, new Uri(status), new Uri($"{traffic}/services"))));
    }

    /// <summary>The listeners stand in the order in which they were bound: traffic first.</summary>
    int TrafficPort() => BindingAddress.Parse(server.Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
}
