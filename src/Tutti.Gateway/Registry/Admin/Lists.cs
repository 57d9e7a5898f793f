namespace Tutti.Gateway.Registry.Admin;

/// <summary>How each kind of entry is listed.</summary>
internal static class Lists
{
    public static ListQuery<PartConfig> Parts { get; } = new(
        new Dictionary<string, Comparison<PartConfig>>(StringComparer.Ordinal)
        {
            ["partId"] = By<PartConfig>(part => part.PartId),
            ["owner"] = By<PartConfig>(part => part.Owner),
            ["description"] = By<PartConfig>(part => part.Description),
            ["method"] = By<PartConfig>(part => part.Method),
            ["uri"] = By<PartConfig>(part => part.Uri),
            ["pool"] = By<PartConfig>(part => part.Pool),
            ["timeout"] = (a, b) => a.Timeout.CompareTo(b.Timeout),
            ["cacheTtl"] = (a, b) => Nullable.Compare(a.CacheTtl, b.CacheTtl),
            ["version"] = (a, b) => a.Version.CompareTo(b.Version),
        },
        "partId",
        part => [part.PartId, part.Owner, part.Description, part.Uri, part.Pool, part.Circuit.Key, .. part.CacheGroups]);

    public static ListQuery<PoolConfig> Pools { get; } = new(
        new Dictionary<string, Comparison<PoolConfig>>(StringComparer.Ordinal)
        {
            ["key"] = By<PoolConfig>(pool => pool.Key),
            ["size"] = (a, b) => a.Size.CompareTo(b.Size),
            ["queue"] = (a, b) => a.Queue.CompareTo(b.Queue),
        },
        "key",
        pool => [pool.Key]);

    public static ListQuery<CacheGroupConfig> CacheGroups { get; } = new(
        new Dictionary<string, Comparison<CacheGroupConfig>>(StringComparer.Ordinal)
        {
            ["name"] = By<CacheGroupConfig>(group => group.Name),
            ["owner"] = By<CacheGroupConfig>(group => group.Owner),
            ["description"] = By<CacheGroupConfig>(group => group.Description),
        },
        "name",
        group => [group.Name, group.Owner, group.Description]);

    static Comparison<T> By<T>(Func<T, string?> field) => (a, b) => string.CompareOrdinal(field(a), field(b));
}
