using Tutti.Contracts.Registry;
using Tutti.Gateway.Registry.Editing;
using Tutti.Gateway.Registry.Rules;

namespace Tutti.Gateway.Registry.Import;

/// <summary>Imports a file of parts: all of it, or with any fault nothing.</summary>
/// <param name="faultsOfForm">The fields of the file that have the wrong form; the parts hold stand-ins for them.</param>
internal sealed class ImportEdit(
    RegistryRules rules, IReadOnlyList<HttpPartConfig> file, IReadOnlyList<Fault> faultsOfForm, ImportMode mode, bool dryRun)
{
    readonly List<Fault> _faults = [];
    readonly Dictionary<string, (int Index, PartConfig Part)> _inFile = new(StringComparer.Ordinal);
    readonly Dictionary<int, PartConfig> _wanted = [];
    readonly HashSet<string> _replaced = new(StringComparer.Ordinal);
    readonly ImportResult _result = new() { Mode = mode is ImportMode.Add ? "add" : "update", DryRun = dryRun };
    readonly SharedEntries<PoolConfig> _pools = new("pool", pool => pool.Key, RegistryRules.Check, ImportJson.Default.PoolConfig);
    readonly SharedEntries<CacheGroupConfig> _groups = new("cache group", group => group.Name, RegistryRules.Check, ImportJson.Default.CacheGroupConfig);

    public EditOutcome<ImportResult> Apply(RegistryConfig current, long version)
    {
        var existing = current.Parts.ToDictionary(part => part.PartId, StringComparer.Ordinal);
        for (var i = 0; i < file.Count; i++)
        {
            Take(i, existing, current.Unreadable);
        }

        TakeUnused();
        var next = current with
        {
            Parts = Merge(existing, current, version),
            Pools = _pools.Apply(
                current.Pools, mode, pool => pool with { Version = version }, new(_result.PoolsAdded, _result.PoolsUpdated, _faults), PoolField),
            Unreadable = current.Unreadable.Where(pair => !_replaced.Contains(pair.Key)).ToDictionary(StringComparer.Ordinal),
            CacheGroups = _groups.Apply(
                current.CacheGroups, mode, group => group with { Version = version }, new(_result.CacheGroupsAdded, _result.CacheGroupsUpdated, _faults), field => field),
        };
        var facts = new RegistryFacts(next);
        foreach (var (index, part) in _wanted)
        {
            _faults.AddRange(rules.Check(part, facts).Select(fault => At(index, fault)));
        }

        IReadOnlyList<Fault> faults = [.. faultsOfForm, .. _faults.Distinct().Outside(faultsOfForm)];
        if (faults.Count > 0)
        {
            return EditOutcome<ImportResult>.Refused(RefusalKind.Invalid, "The file breaks rules. Nothing was imported.", faults);
        }

        var isChange = _wanted.Count > 0 || !ReferenceEquals(next.Pools, current.Pools) || !ReferenceEquals(next.CacheGroups, current.CacheGroups);
        return EditOutcome<ImportResult>.Done(isChange && !dryRun ? next : current, _result with { Message = Summary() });
    }

    void Take(int index, Dictionary<string, PartConfig> existing, IReadOnlyDictionary<string, Fault> unreadable)
    {
        var source = file[index];
        var faults = new List<Fault>();
        var part = PartNormalizer.Normalize(OctopartsFormat.Read(source, faults));
        if (_inFile.TryGetValue(part.PartId, out var first))
        {
            Collapse(index, part, first.Index, first.Part);
            return;
        }

        _inFile.Add(part.PartId, (index, part));
        if (existing.TryGetValue(part.PartId, out var old) && mode is ImportMode.Add)
        {
            _result.Skipped.Add(part.PartId);
            return;
        }

        _faults.AddRange(faults.Select(fault => At(index, fault)));
        TakeShared(source, $"[{index}]");
        var changes = old is null ? [] : Differences.Between(old with { Version = 0 }, part with { Version = 0 }, ImportJson.Default.PartConfig);
        if (old is not null && changes.Count == 0 && !unreadable.ContainsKey(part.PartId))
        {
            _result.Unchanged.Add(part.PartId);
            return;
        }

        _wanted.Add(index, part);
        _replaced.Add(part.PartId);
        if (old is null)
        {
            _result.Added.Add(part.PartId);
        }
        else
        {
            _result.Updated.Add(new EntryChange(part.PartId, changes));
        }
    }

    void Collapse(int index, PartConfig part, int firstIndex, PartConfig first)
    {
        if (Differences.Between(first, part, ImportJson.Default.PartConfig) is not [var difference, ..])
        {
            _result.Collapsed.Add(part.PartId);
            return;
        }

        _faults.Add(new Fault(
            $"[{index}].partId",
            $"The file holds the part '{part.PartId}' at [{firstIndex}] already, with another {OctopartsFields.Of(difference.Field)}"));
    }

    void TakeShared(HttpPartConfig source, string at)
    {
        _pools.Add(PartNormalizer.Normalize(OctopartsFormat.Read(source.HystrixConfig.ThreadPoolConfig)), $"{at}.hystrixConfig.threadPoolConfig", _result.Warnings);
        TakeGroups(source.CacheGroups, $"{at}.cacheGroups");
        for (var i = 0; i < source.Parameters.Count; i++)
        {
            TakeGroups(source.Parameters[i].CacheGroups, $"{at}.parameters[{i}].cacheGroups");
        }
    }

    void TakeUnused()
    {
        for (var i = 0; i < file.Count; i++)
        {
            var pools = file[i].Tutti?.UnusedPools ?? [];
            for (var j = 0; j < pools.Count; j++)
            {
                _pools.Add(PartNormalizer.Normalize(OctopartsFormat.Read(pools[j])), $"[{i}].tutti.unusedPools[{j}]", _result.Warnings);
            }

            TakeGroups(file[i].Tutti?.UnusedCacheGroups ?? [], $"[{i}].tutti.unusedCacheGroups");
        }
    }

    void TakeGroups(IReadOnlyList<CacheGroup> groups, string at)
    {
        for (var i = 0; i < groups.Count; i++)
        {
            _groups.Add(PartNormalizer.Normalize(OctopartsFormat.Read(groups[i])), $"{at}[{i}]", _result.Warnings);
        }
    }

    PartConfig[] Merge(Dictionary<string, PartConfig> existing, RegistryConfig current, long version)
    {
        if (_wanted.Count == 0)
        {
            return [.. current.Parts];
        }

        foreach (var (index, part) in _wanted.ToArray())
        {
            existing[part.PartId] = _wanted[index] = part with { Version = version };
        }

        return [.. existing.Values.OrderBy(part => part.PartId, StringComparer.Ordinal)];
    }

    string Summary()
    {
        if (file.Count == 0)
        {
            return "There was no configuration data in this file.";
        }

        var verb = dryRun ? "would be" : "were";
        return $"Of {file.Count} parts {_result.Added.Count} {verb} added, {_result.Updated.Count} {verb} updated; "
            + $"{_result.Unchanged.Count} are the same already, {_result.Skipped.Count} are registered already and {verb} skipped.";
    }

    static string PoolField(string field) => field switch { "key" => "threadPoolKey", "size" => "coreSize", _ => "queueSize" };

    static Fault At(int index, Fault fault) => new($"[{index}].{OctopartsFields.Of(fault.Field)}", fault.Message);
}
