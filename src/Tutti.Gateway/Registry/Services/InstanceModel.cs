using System.Security.Cryptography;
using System.Text;

namespace Tutti.Gateway.Registry.Services;

/// <summary>An instance of one service, compiled.</summary>
internal sealed class InstanceModel(InstanceConfig config, string service, Uri address)
{
    public InstanceConfig Config => config;

    public string Id => config.InstanceId;

    public string Service => service;

    /// <summary>Scheme, host and port.</summary>
    public Uri Address => address;

    /// <summary>The address as text, without a slash at its end.</summary>
    public string Origin { get; } = address.GetLeftPart(UriPartial.Authority);

    public bool IsTls { get; } = address.Scheme == Uri.UriSchemeHttps;

    /// <summary>Stands for the instance in cookies, the same on every node.</summary>
    public string Tag { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(config.InstanceId)).AsSpan(0, 8));

    public int Weight => config.Weight;

    /// <summary>Whether it is asked only while no other is well.</summary>
    public bool IsBackup { get; init; }

    public string? Zone => config.Zone;

    /// <summary>Whether the start must be signalled by its bundle.</summary>
    public bool MustSignal => config.Bundle is not null;
}
