using Microsoft.Extensions.Options;

namespace Tutti.Gateway.Registry.Rules;

/// <summary>
/// All rules that entries must keep: the same for the admin API, for imports, and at load, where they disable the part that breaks one.
/// </summary>
internal sealed class RegistryRules(IOptions<RegistryOptions> options)
{
    readonly AllowedHosts _allowedHosts = new(options.Value.AllowedHosts);

    /// <summary>The rules of services, bundles and instances.</summary>
    public ServiceRules Services { get; } = new(new AllowedHosts(options.Value.AllowedHosts));

    /// <summary>Everything that is wrong with a part; empty if nothing is.</summary>
    public IReadOnlyList<Fault> Check(PartConfig part, RegistryFacts facts)
    {
        var faults = new List<Fault>(0);
        if (facts.Unreadable.TryGetValue(part.PartId, out var unreadable))
        {
            faults.Add(unreadable);
        }

        faults.RequireName(part.PartId, "partId");
        TextRules.Check(part, faults);
        UriRules.Check(part, facts, _allowedHosts, faults);
        LimitRules.Check(part, faults);
        ParamRules.Check(part, faults);
        CircuitRules.Check(part, facts, faults);
        BackendRules.Check(part.Backend, _allowedHosts, faults);
        AlertRules.Check(part.Alerts, faults);
        ReferenceRules.Check(part, facts, faults);
        return faults;
    }

    public static IReadOnlyList<Fault> Check(PoolConfig pool)
    {
        var faults = new List<Fault>(0);
        faults.RequireName(pool.Key, "key");
        faults.RequireRange(pool.Size, 1, int.MaxValue, "size");
        faults.RequireRange(pool.Queue, -1, int.MaxValue, "queue");
        return faults;
    }

    public static IReadOnlyList<Fault> Check(CacheGroupConfig group)
    {
        var faults = new List<Fault>(0);
        faults.RequireName(group.Name, "name");
        faults.RequireText(group.Owner, TextRules.Short, "owner");
        faults.RequireText(group.Description, TextRules.Long, "description");
        return faults;
    }
}
