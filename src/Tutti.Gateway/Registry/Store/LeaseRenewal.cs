namespace Tutti.Gateway.Registry.Store;

/// <summary>What a write of leases says of an instance.</summary>
/// <param name="Started">Whether it counts as started from now on; null leaves that as it is.</param>
internal readonly record struct LeaseRenewal(string InstanceId, bool? Started);
