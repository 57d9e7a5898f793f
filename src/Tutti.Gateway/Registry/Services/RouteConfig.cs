namespace Tutti.Gateway.Registry.Services;

/// <summary>The public path prefix of a service.</summary>
internal sealed record RouteConfig
{
    /// <summary>The prefix, from its slash on; <c>/</c> and the service's name if null.</summary>
    public string? Prefix { get; init; }

    /// <summary>Whether the prefix is taken off before the request goes to an instance.</summary>
    public bool Strip { get; init; }

    /// <summary>Whether there is no prefix: the service is reached by its rules, by look-up, or not at all from outside.</summary>
    public bool Off { get; init; }
}
