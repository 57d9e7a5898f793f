using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Locator.Balancing;

/// <summary>Chooses instances for the calls of parts, as for proxied requests.</summary>
internal sealed class CallTargets(PartRegistry registry, ServiceDirectory directory, LocatorOptions options, TimeProvider clock) : ICallTargets
{
    readonly string? _zone = options.Zone.Length > 0 ? options.Zone : null;

    public ICallTarget? Choose(string service, IReadOnlyList<ICallTarget> tried)
    {
        if (!registry.Current.Services.Services.TryGetValue(service, out var model) || model.Faults.Count > 0)
        {
            return null;
        }

        var balance = model.Config.Balance;
        InstanceState[] before = tried.Count == 0 ? [] : [.. tried.Select(target => ((Target)target).Instance)];
        return Balancer.Choose(directory.Of(model), new Choice(balance, balance.ZoneFirst ? _zone : null), before, clock.GetTimestamp()) is { } instance
            ? new Target(instance, model, clock)
            : null;
    }

    sealed class Target(InstanceState instance, ServiceModel service, TimeProvider clock) : ICallTarget
    {
        public InstanceState Instance => instance;

        public string Origin => instance.Model.Origin;

        public void Begin() => instance.Begin();

        public void End() => instance.End();

        public void Evict() => instance.Evict(clock.GetTimestamp() + (service.Config.Eviction.For * clock.TimestampFrequency / 1_000));
    }
}
