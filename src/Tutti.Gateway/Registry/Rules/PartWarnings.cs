namespace Tutti.Gateway.Registry.Rules;

/// <summary>Finds what is legal in a part and yet probably not meant.</summary>
internal static class PartWarnings
{
    /// <param name="hasValidator">Whether the backend is known to send validators with its answers.</param>
    public static IReadOnlyList<string> Of(PartConfig part, Func<string, bool> partExists, bool hasValidator)
    {
        var warnings = new List<string>();
        CheckUri(part, warnings);
        CheckCaching(part, hasValidator, warnings);
        if (!part.Backend.VerifyTls)
        {
            warnings.Add("verifyTls is off: the backend's certificate is not checked, so anybody on the way can answer in its place");
        }

        if (part.Params.Count(param => param.In is ParamKind.Body) > 1)
        {
            warnings.Add("There are several body params: only the first value of the first one is sent");
        }

        if (part.Method is "post" or "patch" && (part.Retries.Attempts > 0 || part.HedgeAfter is not null))
        {
            warnings.Add($"retries and hedgeAfter have no effect on {part.Method}, which must not be repeated");
        }

        if (part.DeprecatedInFavourOf is { } target && !partExists(target))
        {
            warnings.Add($"deprecatedInFavourOf names the part '{target}', which does not exist");
        }

        return warnings;
    }

    static void CheckCaching(PartConfig part, bool hasValidator, List<string> warnings)
    {
        if (part.LocalContents.Enabled || !(part.Method is "get" or "head" || part.Cache.StoreUnsafe))
        {
            return;
        }

        if (part.CacheTtl is null && !hasValidator)
        {
            warnings.Add("cacheTtl is absent: answers without a validator are kept for 30 days unless the backend limits them");
        }

        if (part.CacheTtl is > 0 and < 1_000)
        {
            warnings.Add("cacheTtl is below 1,000 ms: nothing is cached");
        }
    }

    static void CheckUri(PartConfig part, List<string> warnings)
    {
        if (part.Uri.Any(char.IsWhiteSpace))
        {
            warnings.Add("The URI holds blanks");
        }

        if (UriTemplate.TryParse(part.Uri, part.Params, out _) is not { } template)
        {
            return;
        }

        var placeholders = template.Placeholders.ToHashSet(StringComparer.Ordinal);
        var path = part.Params.Where(param => param.In is ParamKind.Path).DistinctBy(param => param.Name).ToDictionary(param => param.Name, StringComparer.Ordinal);
        foreach (var name in placeholders.Where(name => !path.ContainsKey(name)))
        {
            warnings.Add($"The placeholder ${{{name}}} has no path param and stays empty");
        }

        foreach (var param in path.Values)
        {
            if (!placeholders.Contains(param.Name))
            {
                warnings.Add($"The path param '{param.Name}' has no placeholder in the URI");
            }

            if (!param.Required)
            {
                warnings.Add($"The path param '{param.Name}' is optional: without it its place in the URI stays empty");
            }
        }

        if (template.HasPlaceholderInQuery)
        {
            warnings.Add("There is a placeholder in the query of the URI: a query param says the same and leaves itself out where it is absent");
        }
    }
}
