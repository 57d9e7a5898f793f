namespace Tutti.Gateway.Registry.Services.Routing;

/// <summary>What of a path a route looks at.</summary>
internal enum RouteKind
{
    /// <summary>The whole of it.</summary>
    Path,

    /// <summary>A regular expression from its beginning on.</summary>
    Regex,

    /// <summary>Its first segments.</summary>
    Prefix,
}
