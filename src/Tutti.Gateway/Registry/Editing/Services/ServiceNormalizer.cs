using System.Security.Cryptography;
using System.Text;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Registry.Editing.Services;

/// <summary>Brings what people write of services into the one form that is stored.</summary>
internal static class ServiceNormalizer
{
    const int IdBytes = 16;

    public static ServiceConfig Normalize(ServiceConfig service) => service with
    {
        Name = service.Name.Trim(),
        Owner = service.Owner.Trim(),
        Description = Filled(service.Description),
        Protocol = service.Protocol.Trim().ToLowerInvariant(),
        Locate = Filled(service.Locate),
        Json = Filled(service.Json),
        Route = service.Route with { Prefix = Filled(service.Route.Prefix) },
        Rules = [.. service.Rules.Select(Normalize)],
        Balance = service.Balance with { StickyCookie = Filled(service.Balance.StickyCookie) },
    };

    public static BundleConfig Normalize(BundleConfig bundle)
    {
        var name = bundle.Name.Trim();
        var version = bundle.BundleVersion.Trim();
        var id = bundle.BundleId.Trim();
        return bundle with
        {
            BundleId = id.Length > 0 ? id : IdOf(name, version),
            Name = name,
            BundleVersion = version,
            Owner = bundle.Owner.Trim(),
            Endpoints = [.. bundle.Endpoints.Select(endpoint => new EndpointConfig { Name = endpoint.Name.Trim(), Service = endpoint.Service.Trim() })],
            KeyHash = Filled(bundle.KeyHash)?.ToLowerInvariant(),
        };
    }

    public static InstanceConfig Normalize(InstanceConfig instance) => instance with
    {
        InstanceId = instance.InstanceId.Trim(),
        Bundle = Filled(instance.Bundle),
        Zone = Filled(instance.Zone),
        Addresses = [.. instance.Addresses.Select(address => new AddressConfig { Service = address.Service.Trim(), Address = address.Address.Trim().TrimEnd('/') })],
    };

    static PathRuleConfig Normalize(PathRuleConfig rule) => new()
    {
        Host = Filled(rule.Host)?.ToLowerInvariant(),
        Method = Filled(rule.Method)?.ToUpperInvariant(),
        Path = Filled(rule.Path),
        PathBeg = Filled(rule.PathBeg),
        PathRegex = Filled(rule.PathRegex),
        Rewrite = Filled(rule.Rewrite),
        Json = Filled(rule.Json),
    };

    /// <summary>The same for the same name and version, as ConductR makes ids of contents.</summary>
    static string IdOf(string name, string version) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{version}")).AsSpan(0, IdBytes));

    static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
