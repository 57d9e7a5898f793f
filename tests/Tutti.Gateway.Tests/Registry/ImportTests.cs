using Tutti.Contracts.Registry;
using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Editing;
using Tutti.Gateway.Registry.Import;

namespace Tutti.Gateway.Tests.Registry;

public sealed class ImportTests
{
    [Fact]
    public void Existing_parts_are_skipped_when_adding_and_changed_when_updating()
    {
        var current = Given.Registry(Given.Part("a"));
        var file = Export(Given.Part("a") with { Owner = "new" }, Given.Part("b"));

        var added = Import(current, file, ImportMode.Add);
        added.Value!.Skipped.ShouldBe(["a"]);
        added.Value.Added.ShouldBe(["b"]);
        added.Next!.Parts[0].Owner.ShouldBe("");

        var updated = Import(current, file, ImportMode.Update);
        var change = updated.Value!.Updated.ShouldHaveSingleItem();
        change.Id.ShouldBe("a");
        change.Changes.ShouldHaveSingleItem().Field.ShouldBe("owner");
        updated.Next!.Parts.Select(part => (part.Owner, part.Version)).ShouldBe([("new", 8), ("", 8)]);
    }

    [Fact]
    public void A_dry_run_tells_the_difference_and_changes_nothing()
    {
        var current = Given.Registry();
        var outcome = Import(current, Export(Given.Part("a")), ImportMode.Add, dryRun: true);
        outcome.Next.ShouldBeSameAs(current);
        outcome.Value!.Added.ShouldBe(["a"]);
        outcome.Value.DryRun.ShouldBeTrue();
    }

    [Fact]
    public void Missing_pools_and_groups_are_created_and_existing_ones_kept_or_updated()
    {
        var current = Given.Registry();
        var file = Export(Given.Part("a") with { CacheGroups = ["new"] });
        file[0] = file[0] with
        {
            HystrixConfig = file[0].HystrixConfig with { ThreadPoolConfig = new ThreadPoolConfig { ThreadPoolKey = "p", CoreSize = 99, QueueSize = 1 } },
        };
        var added = Import(current, file, ImportMode.Add);
        added.Next!.Pools.ShouldHaveSingleItem().Size.ShouldBe(2);
        added.Value!.CacheGroupsAdded.ShouldBe(["new"]);
        added.Next.CacheGroups.Select(group => group.Name).ShouldBe(["g", "new"]);
        var updated = Import(current, file, ImportMode.Update);
        updated.Next!.Pools.ShouldHaveSingleItem().Size.ShouldBe(99);
        updated.Value!.PoolsUpdated.ShouldHaveSingleItem().Changes.Select(change => change.Field).ShouldBe(["size", "queue"]);
    }

    [Fact]
    public void Threat_53_equal_duplicates_collapse_and_differing_ones_are_a_fault()
    {
        var part = Given.Part("a");
        Import(Given.Registry(), Export(part, part), ImportMode.Add).Value!.Collapsed.ShouldBe(["a"]);
        var refusal = Import(Given.Registry(), Export(part, part with { Timeout = 1 }), ImportMode.Add).Refusal!;
        var fault = refusal.Faults.ShouldHaveSingleItem();
        fault.Field.ShouldBe("[1].partId");
        fault.Message.ShouldContain("hystrixConfig.timeout");
    }

    [Fact]
    public void A_command_key_in_use_fails_the_whole_import()
    {
        var current = Given.Registry(Given.Part("a"));
        var file = Export(Given.Part("b"), Given.Part("c") with { Circuit = new CircuitConfig { Key = "a" } });
        Import(current, file, ImportMode.Add).Refusal!.Faults.ShouldHaveSingleItem().Field.ShouldBe("[1].hystrixConfig.commandKey");
        var twice = Export(Given.Part("b"), Given.Part("c") with { Circuit = new CircuitConfig { Key = "b" } });
        Import(current, twice, ImportMode.Add).Refusal!.Faults.Select(fault => fault.Field).ShouldBe(["[0].hystrixConfig.commandKey", "[1].hystrixConfig.commandKey"]);
    }

    [Fact]
    public void Faults_name_the_fields_of_the_file()
    {
        var file = Export(Given.Part("a"));
        file[0] = file[0] with
        {
            UriToInterpolate = "nowhere",
            HttpPoolSize = 0,
            HystrixConfig = file[0].HystrixConfig with { ThreadPoolConfig = new ThreadPoolConfig { ThreadPoolKey = "new", CoreSize = 0, QueueSize = 1 } },
            Parameters = [new PartParam { Required = true, Versioned = false, ParamType = "soup", OutputName = "", CacheGroups = [] }],
            Tutti = new TuttiPartSettings { Retries = 6 },
        };
        Import(Given.Registry(), file, ImportMode.Add).Refusal!.Faults.Select(fault => fault.Field).ShouldBe(
            ["[0].uriToInterpolate", "[0].httpPoolSize", "[0].hystrixConfig.threadPoolConfig.coreSize", "[0].parameters[0].paramType", "[0].parameters[0].outputName", "[0].tutti.retries"],
            ignoreOrder: true);
    }

    [Fact]
    public void Of_pools_that_differ_within_a_file_the_first_counts_and_a_warning_says_so()
    {
        var file = Export(Given.Part("a") with { Pool = "new" }, Given.Part("b") with { Pool = "new" });
        file[1] = file[1] with
        {
            HystrixConfig = file[1].HystrixConfig with { ThreadPoolConfig = new ThreadPoolConfig { ThreadPoolKey = "new", CoreSize = 99, QueueSize = 1 } },
        };
        var outcome = Import(Given.Registry(), file, ImportMode.Add);
        outcome.Next!.Pools.Single(pool => pool.Key == "new").Size.ShouldBe(2);
        outcome.Value!.Warnings.ShouldHaveSingleItem().ShouldContain("[1].hystrixConfig.threadPoolConfig");
    }

    [Fact]
    public void Settings_that_have_their_defaults_leave_no_trace_of_tutti() =>
        Export(Given.Part("a"))[0].Tutti.ShouldBeNull();

    static HttpPartConfig[] Export(params PartConfig[] parts)
    {
        var snapshot = RegistrySnapshot.Compile(Given.Registry(), (_, _) => []);
        return [.. parts.Select(part => OctopartsFormat.Write(part, snapshot))];
    }

    static EditOutcome<ImportResult> Import(RegistryConfig current, HttpPartConfig[] file, ImportMode mode, bool dryRun = false) =>
        new ImportEdit(Given.Rules(), file, [], mode, dryRun).Apply(current, 8);
}
