using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Proxy.Admin;

/// <summary>How a service does on this node.</summary>
internal sealed record ServiceStateView(string Service, ServiceCircuitView Circuit, ServicePoolView Pool)
{
    public static ServiceStateView Of(ServiceModel service, ProxyStates states, TimeProvider clock)
    {
        var living = states.Find(service.Name);
        return new(
            service.Name,
            ServiceCircuitView.Of(living?.Circuit, states.RulesOf(service.Config.Circuit), clock),
            ServicePoolView.Of(living?.Pool, service.Config.Pool));
    }
}
