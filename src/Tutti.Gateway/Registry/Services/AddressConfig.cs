namespace Tutti.Gateway.Registry.Services;

/// <summary>Where an instance offers a service.</summary>
internal sealed record AddressConfig
{
    /// <summary>The name of the service.</summary>
    public required string Service { get; init; }

    /// <summary><c>scheme://host:port</c>, or <c>host:port</c>, which takes the service's protocol for its scheme.</summary>
    public required string Address { get; init; }
}
