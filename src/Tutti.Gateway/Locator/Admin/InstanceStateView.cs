namespace Tutti.Gateway.Locator.Admin;

/// <summary>What this node knows of an instance of a service.</summary>
/// <param name="State"><c>in</c>, or why it is out: starting, late, lapsed, failing, evicted.</param>
/// <param name="LeaseMs">What is left of its lease; null if it has no end.</param>
/// <param name="Running">How many requests this node has there.</param>
internal sealed record InstanceStateView(string Service, string Instance, string? Bundle, string Address, string State, long? LeaseMs, int Running);
