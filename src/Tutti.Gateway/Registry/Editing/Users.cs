namespace Tutti.Gateway.Registry.Editing;

/// <summary>Finds the parts that need a pool or a cache group.</summary>
internal static class Users
{
    const int Named = 10;

    public static IReadOnlyList<string> OfPool(RegistryConfig config, string key) =>
        [.. config.Parts.Where(part => part.Pool == key).Select(part => part.PartId)];

    public static IReadOnlyList<string> OfCacheGroup(RegistryConfig config, string name) =>
        [.. config.Parts.Where(part => part.CacheGroups.Contains(name) || part.Params.Any(param => param.CacheGroups.Contains(name))).Select(part => part.PartId)];

    /// <summary>The parts of each pool.</summary>
    public static ILookup<string, string> ByPool(RegistryConfig config) =>
        config.Parts.ToLookup(part => part.Pool, part => part.PartId, StringComparer.Ordinal);

    /// <summary>The parts of each cache group.</summary>
    public static ILookup<string, string> ByCacheGroup(RegistryConfig config) => config.Parts
        .SelectMany(part => part.CacheGroups.Concat(part.Params.SelectMany(param => param.CacheGroups)).Distinct(), (part, group) => (group, part.PartId))
        .ToLookup(pair => pair.group, pair => pair.PartId, StringComparer.Ordinal);

    /// <summary>The first of them, as a sentence has room for.</summary>
    public static string Name(IReadOnlyList<string> users)
    {
        var first = string.Join(", ", users.Take(Named).Select(id => $"'{id}'"));
        return users.Count switch
        {
            1 => $"part {first}",
            <= Named => $"parts {first}",
            _ => $"parts {first} and {users.Count - Named} more",
        };
    }
}
