namespace Tutti.Gateway.Registry.Services;

/// <summary>Where else the instances of a service are found.</summary>
internal sealed record SourceConfig
{
    public const string Dns = "dns";
    public const string Srv = "srv";
    public const string Discovery = "discovery";

    /// <summary><c>dns</c>, the addresses of a host name, <c>srv</c>, the SRV records of a name, or <c>discovery</c>, what Microsoft.Extensions.ServiceDiscovery resolves.</summary>
    public required string Kind { get; init; }

    /// <summary>For <c>dns</c> a host and a port, for <c>srv</c> the name of the records, for <c>discovery</c> the name that it knows.</summary>
    public required string Name { get; init; }

    /// <summary>How often it is asked, in milliseconds, or sooner where its records end sooner; what it told stays for three turns.</summary>
    public int Refresh { get; set; } = 5_000;
}
