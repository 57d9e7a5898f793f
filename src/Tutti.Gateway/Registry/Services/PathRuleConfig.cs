namespace Tutti.Gateway.Registry.Services;

/// <summary>Requests that are proxied to a service: exactly one of path, prefix and regular expression is set.</summary>
internal sealed record PathRuleConfig
{
    /// <summary>The host of the request, without port; any if null.</summary>
    public string? Host { get; init; }

    /// <summary>The method; any if null.</summary>
    public string? Method { get; init; }

    /// <summary>The whole path.</summary>
    public string? Path { get; init; }

    /// <summary>The first segments of the path.</summary>
    public string? PathBeg { get; init; }

    /// <summary>A regular expression over the path; it must match from the beginning.</summary>
    public string? PathRegex { get; init; }

    /// <summary>What stands in the stead of the matched part of the path; <c>\1</c> is the first group of the expression.</summary>
    public string? Rewrite { get; init; }

    /// <summary>What stands in the stead of the service's <c>json</c> for these requests; that if null.</summary>
    public string? Json { get; init; }
}
