namespace Tutti.Gateway.Registry.Editing;

/// <summary>Finds the entries that need another one.</summary>
internal static class Users
{
    const int Named = 10;

    public static IReadOnlyList<string> OfPool(RegistryConfig config, string key) =>
        [.. config.Parts.Where(part => part.Pool == key).Select(part => part.PartId)];

    public static IReadOnlyList<string> OfCacheGroup(RegistryConfig config, string name) =>
        [.. config.Parts.Where(part => part.CacheGroups.Contains(name) || part.Params.Any(param => param.CacheGroups.Contains(name))).Select(part => part.PartId)];

    /// <summary>The bundles that offer a service, the instances without bundle that do, and the parts that call it.</summary>
    public static IReadOnlyList<string> OfService(RegistryConfig config, string name) =>
    [
        .. config.Bundles.Where(bundle => bundle.Endpoints.Any(endpoint => endpoint.Service == name)).Select(bundle => bundle.BundleId),
        .. config.Parts.Where(part => IsOf(part, name)).Select(part => part.PartId),
        .. config.Instances.Where(instance => instance.Bundle is null && instance.Addresses.Any(address => address.Service == name)).Select(instance => instance.InstanceId),
    ];

    static bool IsOf(PartConfig part, string service) =>
        part.Uri.StartsWith(UriTemplate.ServiceScheme, StringComparison.OrdinalIgnoreCase)
        && part.Uri.AsSpan(UriTemplate.ServiceScheme.Length) is var rest
        && rest[..(rest.IndexOfAny('/', '?') is >= 0 and var end ? end : rest.Length)].SequenceEqual(service);

    public static IReadOnlyList<string> OfBundle(RegistryConfig config, string bundleId) =>
        [.. config.Instances.Where(instance => instance.Bundle == bundleId).Select(instance => instance.InstanceId)];

    /// <summary>The instances of each bundle.</summary>
    public static ILookup<string, string> ByBundle(RegistryConfig config) =>
        config.Instances.Where(instance => instance.Bundle is not null).ToLookup(instance => instance.Bundle!, instance => instance.InstanceId, StringComparer.Ordinal);

    /// <summary>The parts of each pool.</summary>
    public static ILookup<string, string> ByPool(RegistryConfig config) =>
        config.Parts.ToLookup(part => part.Pool, part => part.PartId, StringComparer.Ordinal);

    /// <summary>The parts of each cache group.</summary>
    public static ILookup<string, string> ByCacheGroup(RegistryConfig config) => config.Parts
        .SelectMany(part => part.CacheGroups.Concat(part.Params.SelectMany(param => param.CacheGroups)).Distinct(), (part, group) => (group, part.PartId))
        .ToLookup(pair => pair.group, pair => pair.PartId, StringComparer.Ordinal);

    /// <summary>The first of them, as a sentence has room for.</summary>
    /// <param name="word">What they are called.</param>
    public static string Name(IReadOnlyList<string> users, string word)
    {
        var first = string.Join(", ", users.Take(Named).Select(id => $"'{id}'"));
        return users.Count switch
        {
            1 => $"{word} {first}",
            <= Named => $"{word}s {first}",
            _ => $"{word}s {first} and {users.Count - Named} more",
        };
    }
}
