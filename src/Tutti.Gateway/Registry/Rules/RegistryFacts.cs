using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Registry.Rules;

/// <summary>What rules ask about the rest of the registry, indexed once for all parts.</summary>
internal sealed class RegistryFacts(RegistryConfig config)
{
    public IReadOnlySet<string> Pools { get; } = config.Pools.Select(pool => pool.Key).ToHashSet(StringComparer.Ordinal);

    public IReadOnlySet<string> CacheGroups { get; } = config.CacheGroups.Select(group => group.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>The services that speak HTTP.</summary>
    public IReadOnlySet<string> Services { get; } =
        config.Services.Where(service => service.Protocol == ServiceProtocols.Http).Select(service => service.Name).ToHashSet(StringComparer.Ordinal);

    public IReadOnlySet<string> PartIds { get; } = config.Parts.Select(part => part.PartId).ToHashSet(StringComparer.Ordinal);

    /// <summary>The parts by the key of their circuit.</summary>
    public ILookup<string, string> PartsByCircuit { get; } = config.Parts.ToLookup(part => part.Circuit.Key ?? part.PartId, part => part.PartId, StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Fault> Unreadable { get; } = config.Unreadable;
}
