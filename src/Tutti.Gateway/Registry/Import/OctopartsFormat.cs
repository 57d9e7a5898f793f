using Tutti.Contracts.Registry;
using Tutti.Gateway.Registry.Rules;

namespace Tutti.Gateway.Registry.Import;

/// <summary>Turns parts into Octoparts' form, which embeds pool and cache groups, and back.</summary>
internal static class OctopartsFormat
{
    static readonly TuttiPartSettings NoSettings = new();

    public static HttpPartConfig Write(PartConfig part, RegistrySnapshot registry) => new()
    {
        PartId = part.PartId,
        Owner = part.Owner,
        UriToInterpolate = part.Uri,
        Description = part.Description,
        Method = part.Method,
        HystrixConfig = new HystrixConfig
        {
            Timeout = part.Timeout,
            ThreadPoolConfig = Write(registry.Pools.GetValueOrDefault(part.Pool) ?? new PoolConfig { Key = part.Pool }),
            CommandKey = part.Circuit.Key ?? part.PartId,
            CommandGroupKey = part.Circuit.Group,
            LocalContentsAsFallback = part.LocalContents.AsFallback,
        },
        AdditionalValidStatuses = part.AdditionalValidStatuses,
        HttpPoolSize = part.Backend.MaxConnections,
        HttpConnectionTimeout = part.Backend.ConnectTimeout,
        HttpSocketTimeout = part.Backend.ReadTimeout,
        HttpDefaultEncoding = part.Backend.DefaultCharset,
        HttpProxy = part.Backend.Proxy,
        Parameters = [.. part.Params.Select(param => Write(param, registry))],
        DeprecatedInFavourOf = part.DeprecatedInFavourOf,
        CacheGroups = Write(part.CacheGroups, registry),
        CacheTtl = part.CacheTtl,
        AlertMailSettings = new AlertMailSettings
        {
            AlertMailsEnabled = part.Alerts.Enabled,
            AlertAbsoluteThreshold = part.Alerts.AbsoluteThreshold,
            AlertPercentThreshold = part.Alerts.PercentThreshold,
            AlertInterval = part.Alerts.Interval,
            AlertMailRecipients = part.Alerts.Recipients,
        },
        LocalContentsEnabled = part.LocalContents.Enabled,
        LocalContents = part.LocalContents.Contents,
        Tutti = TuttiSettings.Write(part) is var settings && settings == NoSettings ? null : settings,
    };

    /// <summary>Reads a part; what has no place in a <see cref="PartConfig"/> is a fault, named by the field there.</summary>
    public static PartConfig Read(HttpPartConfig part, List<Fault> faults) => TuttiSettings.Read(part.Tutti ?? NoSettings, new PartConfig
    {
        PartId = part.PartId,
        Owner = part.Owner,
        Description = part.Description,
        Method = part.Method,
        Uri = part.UriToInterpolate,
        Params = [.. part.Parameters.Select((param, i) => Read(param, i, faults))],
        Timeout = part.HystrixConfig.Timeout,
        Pool = part.HystrixConfig.ThreadPoolConfig.ThreadPoolKey,
        Circuit = new CircuitConfig { Key = part.HystrixConfig.CommandKey, Group = part.HystrixConfig.CommandGroupKey },
        Backend = new BackendConfig
        {
            MaxConnections = part.HttpPoolSize,
            ConnectTimeout = part.HttpConnectionTimeout,
            ReadTimeout = part.HttpSocketTimeout,
            DefaultCharset = part.HttpDefaultEncoding,
            Proxy = part.HttpProxy,
        },
        AdditionalValidStatuses = part.AdditionalValidStatuses,
        DeprecatedInFavourOf = part.DeprecatedInFavourOf,
        CacheTtl = part.CacheTtl,
        CacheGroups = [.. part.CacheGroups.Select(group => group.Name)],
        LocalContents = new LocalContentsConfig
        {
            Enabled = part.LocalContentsEnabled,
            AsFallback = part.HystrixConfig.LocalContentsAsFallback,
            Contents = part.LocalContents,
        },
        Alerts = new AlertConfig
        {
            Enabled = part.AlertMailSettings.AlertMailsEnabled,
            AbsoluteThreshold = part.AlertMailSettings.AlertAbsoluteThreshold,
            PercentThreshold = part.AlertMailSettings.AlertPercentThreshold,
            Interval = part.AlertMailSettings.AlertInterval,
            Recipients = part.AlertMailSettings.AlertMailRecipients,
        },
    });

    public static ThreadPoolConfig Write(PoolConfig pool) => new() { ThreadPoolKey = pool.Key, CoreSize = pool.Size, QueueSize = pool.Queue };

    public static PoolConfig Read(ThreadPoolConfig pool) => new() { Key = pool.ThreadPoolKey, Size = pool.CoreSize, Queue = pool.QueueSize };

    public static CacheGroup Write(CacheGroupConfig group) => new() { Name = group.Name, Owner = group.Owner, Description = group.Description };

    public static CacheGroupConfig Read(CacheGroup group) => new() { Name = group.Name, Owner = group.Owner, Description = group.Description };

    static PartParam Write(ParamConfig param, RegistrySnapshot registry) => new()
    {
        Required = param.Required,
        Versioned = param.Versioned,
        ParamType = ParamKinds.Name(param.In),
        OutputName = param.Name,
        InputNameOverride = param.InputName,
        Description = param.Description,
        CacheGroups = Write(param.CacheGroups, registry),
        MultiSegment = param.MultiSegment ? true : null,
    };

    static ParamConfig Read(PartParam param, int index, List<Fault> faults)
    {
        var kind = ParamKinds.Find(param.ParamType);
        if (kind is null)
        {
            faults.Add(new Fault($"params[{index}].in", $"Must be {ParamKinds.All}, not '{param.ParamType}'"));
        }

        return new ParamConfig
        {
            Name = param.OutputName,
            InputName = param.InputNameOverride,
            In = kind ?? ParamKind.Query,
            Description = param.Description,
            Required = param.Required,
            Versioned = param.Versioned,
            MultiSegment = param.MultiSegment ?? false,
            CacheGroups = [.. param.CacheGroups.Select(group => group.Name)],
        };
    }

    static CacheGroup[] Write(IReadOnlyList<string> names, RegistrySnapshot registry) =>
        [.. names.Select(name => Write(registry.CacheGroups.GetValueOrDefault(name) ?? new CacheGroupConfig { Name = name }))];
}
