using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Rules;

namespace Tutti.Gateway.Tests.Registry;

public sealed class SnapshotTests
{
    [Fact]
    public void A_part_with_faults_is_disabled_and_the_rest_run()
    {
        var snapshot = RegistrySnapshot.Compile(
            Given.Registry(Given.Part("good"), Given.Part("bad") with { Method = "no method", Uri = "nowhere" }),
            (part, _) => part.PartId == "bad" ? [new Fault("method", "unknown")] : []);
        snapshot.Parts["bad"].Faults.ShouldHaveSingleItem();
        snapshot.Parts["good"].Faults.ShouldBeEmpty();
    }

    [Fact]
    public void Healthy_parts_that_did_not_change_are_not_compiled_again()
    {
        var registry = Given.Registry(Given.Part("a"), Given.Part("b"));
        var before = RegistrySnapshot.Compile(registry, (_, _) => []);
        var after = RegistrySnapshot.Compile(registry with { Parts = [registry.Parts[0], Given.Part("b")] }, (_, _) => [], before);
        after.Parts["a"].ShouldBeSameAs(before.Parts["a"]);
        after.Parts["b"].ShouldNotBeSameAs(before.Parts["b"]);
    }

    [Fact]
    public void Ten_times_the_parts_take_about_ten_times_the_time()
    {
        Compile(100);
        var few = Shortest(8, () => Compile(1_000));
        var many = Shortest(8, () => Compile(10_000));

        // Were any rule to look at every other part, it would be a hundred times.
        (many / few).ShouldBeLessThan(40);
    }

    [Fact]
    public void Threat_65_an_older_snapshot_does_not_replace_a_newer_one()
    {
        var registry = new PartRegistry();
        var swaps = 0;
        registry.Swapped += _ => swaps++;
        registry.Swap(RegistrySnapshot.Compile(Given.Registry(), (_, _) => [])).ShouldBeTrue();
        registry.Swap(RegistrySnapshot.Compile(Given.Registry() with { Version = 6 }, (_, _) => [])).ShouldBeFalse();
        registry.Swap(RegistrySnapshot.Compile(Given.Registry() with { Version = 6 }, (_, _) => []), evenIfOlder: true).ShouldBeTrue();
        swaps.ShouldBe(2);
    }

    /// <summary>What a load does once the rows are there.</summary>
    static RegistrySnapshot Compile(int count)
    {
        var parts = Enumerable.Range(0, count).Select(n => Given.Part($"part{n}", $"http://backend/{n}/${{id}}") with
        {
            Params = [new ParamConfig { Name = "id", In = ParamKind.Path, Required = true, CacheGroups = ["g"] }],
            CacheGroups = ["g"],
        });
        var registry = Given.Registry([.. parts]);
        var (rules, facts) = (Given.Rules(), new RegistryFacts(registry));
        var snapshot = RegistrySnapshot.Compile(registry, (part, _) => rules.Check(part, facts));
        snapshot.Parts.Values.ShouldAllBe(part => part.Faults.Count == 0);
        return snapshot;
    }

    static double Shortest(int times, Action act) => Enumerable.Range(0, times).Min(_ =>
    {
        var began = TimeProvider.System.GetTimestamp();
        act();
        return TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
    });
}
