using Tutti.Gateway.Proxy.Counting;
using Tutti.Gateway.Resilience;

namespace Tutti.Gateway.Proxy;

/// <summary>What outlives the models of a service: its circuit, its pool, and what is counted of it.</summary>
internal sealed record LivingProxy(string Name, PartCircuit Circuit, PartPool Pool, ProxyStats Stats);
