namespace Tutti.Gateway.Registry.Services;

/// <summary>An instance as stored: one place where services run.</summary>
internal record InstanceConfig
{
    public required string InstanceId { get; init; }

    /// <summary>The bundle that runs there and must signal its start; null for one that counts as started once it is registered.</summary>
    public string? Bundle { get; init; }

    /// <summary>Where it offers which service.</summary>
    public IReadOnlyList<AddressConfig> Addresses { get; set; } = [];

    public string? Zone { get; init; }

    /// <summary>Its share of the requests beside those of the others; 0 takes none.</summary>
    public int Weight { get; set; } = 1;

    /// <summary>How long it stays without being renewed, in milliseconds; for good if null.</summary>
    public int? Lease { get; init; }

    /// <summary>The registry's version at the last change of the instance, and its ETag; ignored on writing.</summary>
    public long Version { get; init; }

    /// <summary>Whether another process runs there now, which has yet to signal its start.</summary>
    public bool IsAnotherProcessThan(InstanceConfig old) => Bundle != old.Bundle || !Addresses.SequenceEqual(old.Addresses);
}
