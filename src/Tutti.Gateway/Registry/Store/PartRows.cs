using System.Text.Json;
using Tutti.Gateway.Registry.Rules;
using Tutti.Gateway.Storage.Rows;

namespace Tutti.Gateway.Registry.Store;

/// <summary>Turns parts into rows.</summary>
internal static class PartRows
{
    public static PartRow Part(PartConfig part) => new()
    {
        PartId = part.PartId,
        Owner = part.Owner,
        Description = part.Description,
        Method = part.Method,
        Uri = part.Uri,
        Pool = part.Pool,
        CircuitKey = part.Circuit.Key ?? part.PartId,
        DeprecatedInFavourOf = part.DeprecatedInFavourOf,
        Timeout = part.Timeout,
        CacheTtl = part.CacheTtl,
        Settings = JsonSerializer.Serialize(Settings(part), SettingsJson.Default.PartSettings),
        Version = part.Version,
    };

    public static IEnumerable<ParamRow> Params(PartConfig part) => part.Params.Select((param, ordinal) => new ParamRow
    {
        PartId = part.PartId,
        Ordinal = ordinal,
        Name = param.Name,
        InputName = param.InputName,
        Kind = ParamKinds.Name(param.In),
        Description = param.Description,
        Required = param.Required,
        Versioned = param.Versioned,
        MultiSegment = param.MultiSegment,
    });

    public static IEnumerable<PartCacheGroupRow> CacheGroups(PartConfig part) => part.CacheGroups.Select((group, position) => new PartCacheGroupRow
    {
        PartId = part.PartId,
        CacheGroup = group,
        Position = position,
    });

    public static IEnumerable<ParamCacheGroupRow> ParamCacheGroups(PartConfig part) => part.Params.SelectMany((param, ordinal) =>
        param.CacheGroups.Select((group, position) => new ParamCacheGroupRow
        {
            PartId = part.PartId,
            Ordinal = ordinal,
            CacheGroup = group,
            Position = position,
        }));

    public static PoolRow Pool(PoolConfig pool) => new() { Key = pool.Key, Size = pool.Size, Queue = pool.Queue, Version = pool.Version };

    public static CacheGroupRow CacheGroup(CacheGroupConfig group) => new()
    {
        Name = group.Name,
        Owner = group.Owner,
        Description = group.Description,
        Version = group.Version,
    };

    static PartSettings Settings(PartConfig part) => new()
    {
        Circuit = UnlessDefault(part.Circuit with { Key = null }),
        Backend = UnlessDefault(part.Backend),
        Retries = UnlessDefault(part.Retries),
        HedgeAfter = part.HedgeAfter,
        AdditionalValidStatuses = part.AdditionalValidStatuses.Count == 0 ? null : part.AdditionalValidStatuses,
        Cache = UnlessDefault(part.Cache),
        LocalContents = UnlessDefault(part.LocalContents),
        Alerts = UnlessDefault(part.Alerts),
    };

    static T? UnlessDefault<T>(T settings)
        where T : class, new() => Defaults<T>.Value.Equals(settings) ? null : settings;

    static class Defaults<T>
        where T : new()
    {
        public static readonly T Value = new();
    }
}
