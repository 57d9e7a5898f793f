using Microsoft.Extensions.Options;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Rules;

namespace Tutti.Gateway.Tests.Registry;

/// <summary>Valid entries, and rules to break.</summary>
internal static class Given
{
    public static PartConfig Part(string id = "a", string uri = "http://backend/") => new() { PartId = id, Uri = uri, Pool = "p", CacheTtl = 0 };

    public static RegistryConfig Registry(params PartConfig[] parts) =>
        new(7, [.. parts.OrderBy(part => part.PartId, StringComparer.Ordinal)], [new PoolConfig { Key = "p" }], [new CacheGroupConfig { Name = "g" }]);

    public static RegistryRules Rules(params string[] allowedHosts) => new(Options.Create(new RegistryOptions { AllowedHosts = allowedHosts }));

    /// <summary>The fields with which a part breaks rules.</summary>
    public static string[] FaultyFields(PartConfig part, params string[] allowedHosts) =>
        [.. Rules(allowedHosts).Check(part, new RegistryFacts(Registry(part))).Select(fault => fault.Field).Distinct()];
}
