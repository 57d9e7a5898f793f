using System.Net;
using Microsoft.Extensions.ServiceDiscovery;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Locator.Sources;

/// <summary>Asks elsewhere where the instances of a service are: DNS, or whatever plugs into Microsoft.Extensions.ServiceDiscovery.</summary>
internal sealed class InstanceSource(ServiceEndpointResolver resolver, SrvSource srv)
{
    public Task<SourceAnswer> AskAsync(ServiceModel service, SourceConfig source, CancellationToken ct) => source.Kind switch
    {
        SourceConfig.Dns => AskDnsAsync(InstanceAddress.Parse(source.Name, service.Config.Protocol)!, ct),
        SourceConfig.Srv => srv.AskAsync(SrvName.Parse(source.Name, service.Config.Protocol)!, ct),
        _ => DiscoverAsync(source.Name, service.Config.Protocol, ct),
    };

    /// <summary>The addresses (A and AAAA) of a host name.</summary>
    static async Task<SourceAnswer> AskDnsAsync(Uri name, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(name.Host, ct);
        return new SourceAnswer([.. addresses.Select(address => new FoundInstance(new Uri($"{name.Scheme}://{new IPEndPoint(address, name.Port)}")))]);
    }

    async Task<SourceAnswer> DiscoverAsync(string name, string protocol, CancellationToken ct)
    {
        var found = await resolver.GetEndpointsAsync(name, ct);
        var scheme = name.Contains("://", StringComparison.Ordinal) ? new Uri(name).Scheme : protocol;
        return new SourceAnswer(
            [.. found.Endpoints.Select(endpoint => AddressOf(endpoint.EndPoint, scheme, protocol)).OfType<Uri>().Select(address => new FoundInstance(address))]);
    }

    static Uri? AddressOf(EndPoint endpoint, string scheme, string protocol) => endpoint switch
    {
        UriEndPoint uri => InstanceAddress.Parse($"{uri.Uri.Scheme}://{uri.Uri.Host}:{uri.Uri.Port}", protocol),
        IPEndPoint ip => InstanceAddress.Parse($"{scheme}://{ip}", protocol),
        DnsEndPoint dns => InstanceAddress.Parse($"{scheme}://{dns.Host}:{dns.Port}", protocol),
        _ => null,
    };
}
