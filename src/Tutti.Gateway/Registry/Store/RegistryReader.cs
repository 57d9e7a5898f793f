using System.Text.Json;
using Tutti.Gateway.Registry.Rules;
using Tutti.Gateway.Storage.Rows;

namespace Tutti.Gateway.Registry.Store;

/// <summary>Puts the registry together from its rows. What cannot be read disables its part and nothing else.</summary>
internal static class RegistryReader
{
    public static RegistryConfig Read(RowSet rows)
    {
        var unreadable = new Dictionary<string, Fault>(StringComparer.Ordinal);
        return new RegistryConfig(
            rows.Version.Version,
            [.. rows.Parts.OrderBy(row => row.PartId, StringComparer.Ordinal).Select(row => ReadPart(row, rows, unreadable))],
            [.. rows.Pools.OrderBy(row => row.Key, StringComparer.Ordinal).Select(ReadPool)],
            [.. rows.CacheGroups.OrderBy(row => row.Name, StringComparer.Ordinal).Select(ReadCacheGroup)])
        {
            Services = [.. rows.Services.OrderBy(row => row.Name, StringComparer.Ordinal).Select(ServiceRows.Read)],
            Bundles = [.. rows.Bundles.OrderBy(row => row.BundleId, StringComparer.Ordinal).Select(ServiceRows.Read)],
            Instances = [.. rows.Instances.OrderBy(row => row.InstanceId, StringComparer.Ordinal).Select(ServiceRows.Read)],
            Stamp = rows.Version.Stamp,
            Unreadable = unreadable,
        };
    }

    static PartConfig ReadPart(PartRow row, RowSet rows, Dictionary<string, Fault> unreadable)
    {
        var settings = ReadSettings(row, unreadable);
        return new PartConfig
        {
            PartId = row.PartId,
            Owner = row.Owner,
            Description = row.Description,
            Method = row.Method,
            Uri = row.Uri,
            Params = ReadParams(row.PartId, rows, unreadable),
            Timeout = row.Timeout,
            Pool = row.Pool,
            Circuit = (settings.Circuit ?? new CircuitConfig()) with { Key = row.CircuitKey == row.PartId ? null : row.CircuitKey },
            Backend = settings.Backend ?? new BackendConfig(),
            Retries = settings.Retries ?? new RetryConfig(),
            HedgeAfter = settings.HedgeAfter,
            AdditionalValidStatuses = settings.AdditionalValidStatuses ?? [],
            DeprecatedInFavourOf = row.DeprecatedInFavourOf,
            CacheTtl = row.CacheTtl,
            CacheGroups = [.. rows.CacheGroupsOfParts[row.PartId].OrderBy(link => link.Position).Select(link => link.CacheGroup)],
            Cache = settings.Cache ?? new CacheConfig(),
            LocalContents = settings.LocalContents ?? new LocalContentsConfig(),
            Alerts = settings.Alerts ?? new AlertConfig(),
            Version = row.Version,
        };
    }

    static PartSettings ReadSettings(PartRow row, Dictionary<string, Fault> unreadable)
    {
        try
        {
            return JsonSerializer.Deserialize(row.Settings, SettingsJson.Default.PartSettings) ?? new PartSettings();
        }
        catch (JsonException e)
        {
            unreadable[row.PartId] = new Fault("", $"The stored settings cannot be read: {e.Message}");
            return new PartSettings();
        }
    }

    static ParamConfig[] ReadParams(string partId, RowSet rows, Dictionary<string, Fault> unreadable)
    {
        var found = rows.Params[partId].OrderBy(row => row.Ordinal).ToArray();
        var result = new ParamConfig[found.Length];
        for (var i = 0; i < found.Length; i++)
        {
            var row = found[i];
            if (ParamKinds.Find(row.Kind) is not { } kind)
            {
                unreadable[partId] = new Fault($"params[{i}].in", $"The stored kind '{row.Kind}' is not {ParamKinds.All}");
                kind = ParamKind.Query;
            }

            result[i] = new ParamConfig
            {
                Name = row.Name,
                InputName = row.InputName,
                In = kind,
                Description = row.Description,
                Required = row.Required,
                Versioned = row.Versioned,
                MultiSegment = row.MultiSegment,
                CacheGroups = [.. rows.CacheGroupsOfParams[(partId, row.Ordinal)].OrderBy(link => link.Position).Select(link => link.CacheGroup)],
            };
        }

        return result;
    }

    static PoolConfig ReadPool(PoolRow row) => new() { Key = row.Key, Size = row.Size, Queue = row.Queue, Version = row.Version };

    static CacheGroupConfig ReadCacheGroup(CacheGroupRow row) => new()
    {
        Name = row.Name,
        Owner = row.Owner,
        Description = row.Description,
        Version = row.Version,
    };
}
