using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Registry.Admin.Services;

/// <summary>A service as the admin API shows it.</summary>
internal sealed record ServiceView : ServiceConfig
{
    public ServiceView()
    {
    }

    [SetsRequiredMembers]
    ServiceView(ServiceConfig service)
        : base(service)
    {
    }

    /// <summary>Why the service is disabled; empty if it runs.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>The ids of the instances that offer it, started or not.</summary>
    [JsonPropertyOrder(2)]
    public IReadOnlyList<string> Instances { get; init; } = [];

    public static ServiceView Of(ServiceConfig service, RegistrySnapshot registry) => new(service)
    {
        Faults = registry.Services.Services.GetValueOrDefault(service.Name)?.Faults ?? [],
        Instances = [.. registry.Services.Instances[service.Name].Select(instance => instance.Id)],
    };
}
