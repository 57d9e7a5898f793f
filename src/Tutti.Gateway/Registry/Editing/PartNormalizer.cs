namespace Tutti.Gateway.Registry.Editing;

/// <summary>Brings what people and files write into the one form that is stored.</summary>
internal static class PartNormalizer
{
    public static PartConfig Normalize(PartConfig part)
    {
        // Blanks of every script count, full-width ones too.
        var id = part.PartId.Trim();
        var key = Filled(part.Circuit.Key);
        return part with
        {
            PartId = id,
            Owner = part.Owner.Trim(),
            Description = string.IsNullOrEmpty(part.Description) ? null : part.Description,
            Method = part.Method.Trim().ToLowerInvariant(),
            Uri = part.Uri.Trim(),
            Pool = part.Pool.Trim(),
            Params = [.. part.Params.Select(Normalize)],
            Circuit = part.Circuit with { Key = key == id ? null : key },
            Backend = part.Backend with { Proxy = Filled(part.Backend.Proxy), DefaultCharset = part.Backend.DefaultCharset.Trim() },
            DeprecatedInFavourOf = Filled(part.DeprecatedInFavourOf),
            CacheGroups = [.. part.CacheGroups.Select(name => name.Trim()).Distinct(StringComparer.Ordinal)],
            Alerts = part.Alerts with { Recipients = Filled(part.Alerts.Recipients) },
        };
    }

    public static PoolConfig Normalize(PoolConfig pool) => pool with { Key = pool.Key.Trim() };

    public static CacheGroupConfig Normalize(CacheGroupConfig group) => group with { Name = group.Name.Trim(), Owner = group.Owner.Trim() };

    static ParamConfig Normalize(ParamConfig param)
    {
        var name = param.Name.Trim();
        var input = Filled(param.InputName);
        return param with
        {
            Name = name,
            InputName = input == name ? null : input,
            Description = string.IsNullOrEmpty(param.Description) ? null : param.Description,
            CacheGroups = [.. param.CacheGroups.Select(group => group.Trim()).Distinct(StringComparer.Ordinal)],
        };
    }

    static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
