using System.Collections;
using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Aggregation;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Tests.Aggregation;

/// <summary>A request reads one snapshot from beginning to end, even if the registry changes in the midst of it.</summary>
public sealed class Threat_65_TornViewTests
{
    [Fact]
    public void Threat_65_A_change_amid_a_request_is_not_seen_by_it()
    {
        PartConfig[] parts = [Some.Part(), Some.Part(), Some.Part()];
        using var world = new CacheWorld(TimeProvider.System);
        var registry = world.Get<PartRegistry>();
        registry.Swap(Leading(parts, "before"));
        var asked = new ChangingList([.. parts.Select(part => Some.Ask(part.PartId))], () => registry.Swap(Leading(parts, "after"), evenIfOlder: true));

        var plan = world.Get<AggregatePlanner>().Plan(new AggregateRequest(Some.Meta(), asked), Some.Trace());

        registry.Current.Parts[parts[0].PartId].Config.Uri.ShouldEndWith("after");
        plan.Calls.Select(call => call.Call.Part.Config.Uri).Distinct().ShouldBe(["http://backend.test/before"]);
    }

    static RegistrySnapshot Leading(PartConfig[] parts, string path) =>
        Some.Snapshot([.. parts.Select(part => part with { Uri = $"http://backend.test/{path}" })]);

    /// <summary>Makes a change once its first entry was read.</summary>
    sealed class ChangingList(IReadOnlyList<PartRequest> entries, Action change) : IReadOnlyList<PartRequest>
    {
        public int Count => entries.Count;

        public PartRequest this[int index]
        {
            get
            {
                if (index == 1)
                {
                    change();
                }

                return entries[index];
            }
        }

        public IEnumerator<PartRequest> GetEnumerator() => entries.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
