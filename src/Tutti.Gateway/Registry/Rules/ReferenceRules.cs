namespace Tutti.Gateway.Registry.Rules;

/// <summary>The pool and the cache groups that a part names exist.</summary>
internal static class ReferenceRules
{
    public static void Check(PartConfig part, RegistryFacts facts, List<Fault> faults)
    {
        faults.Require(facts.Pools.Contains(part.Pool), "pool", $"There is no pool '{part.Pool}'");
        CheckGroups(part.CacheGroups, "cacheGroups", facts, faults);
        for (var i = 0; i < part.Params.Count; i++)
        {
            CheckGroups(part.Params[i].CacheGroups, $"params[{i}].cacheGroups", facts, faults);
        }
    }

    static void CheckGroups(IReadOnlyList<string> groups, string field, RegistryFacts facts, List<Fault> faults)
    {
        for (var i = 0; i < groups.Count; i++)
        {
            faults.Require(facts.CacheGroups.Contains(groups[i]), $"{field}[{i}]", $"There is no cache group '{groups[i]}'");
        }
    }
}
