namespace Tutti.Gateway.Registry.Services;

/// <summary>An instance of one service, compiled.</summary>
internal sealed class InstanceModel(InstanceConfig config, string service, Uri address)
{
    public InstanceConfig Config => config;

    public string Id => config.InstanceId;

    public string Service => service;

    /// <summary>Scheme, host and port.</summary>
    public Uri Address => address;

    public int Weight => config.Weight;

    public string? Zone => config.Zone;

    /// <summary>Whether the start must be signalled by its bundle.</summary>
    public bool MustSignal => config.Bundle is not null;
}
