namespace Tutti.Gateway.Registry.Services;

/// <summary>An endpoint of a bundle: the service that it offers.</summary>
internal sealed record EndpointConfig
{
    /// <summary>Its name within the bundle, from which the names of environment variables are made.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the service.</summary>
    public required string Service { get; init; }
}
