using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Locator.Balancing;

/// <summary>What is wanted of an instance.</summary>
/// <param name="Zone">The zone that comes first; none if null.</param>
/// <param name="Host">The host that comes before all others; none if null.</param>
internal readonly record struct Choice(BalanceConfig Rules, string? Zone, string? Host = null);
