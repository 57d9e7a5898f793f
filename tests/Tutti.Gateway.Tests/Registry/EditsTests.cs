using Tutti.Gateway.Registry;
using Tutti.Gateway.Registry.Editing;

namespace Tutti.Gateway.Tests.Registry;

public sealed class EditsTests
{
    [Theory]
    [InlineData(" x　")]
    [InlineData("\u00a0x\t")]
    public void Ids_are_trimmed_of_blanks_of_every_width(string id) =>
        new PartEdits(Given.Rules()).Create(Given.Part(id))(Given.Registry(), 8).Value!.PartId.ShouldBe("x");

    [Fact]
    public void A_circuit_key_that_equals_the_id_is_the_default() =>
        PartNormalizer.Normalize(Given.Part() with { Circuit = new CircuitConfig { Key = "a " } }).Circuit.Key.ShouldBeNull();

    [Fact]
    public void Parts_keep_the_order_of_their_ids()
    {
        var edits = new PartEdits(Given.Rules());
        var next = edits.Create(Given.Part("b"))(Given.Registry(Given.Part("a"), Given.Part("c")), 8).Next!;
        next.Parts.Select(part => part.PartId).ShouldBe(["a", "b", "c"]);
        next = edits.Create(Given.Part("B"))(next, 9).Next!;
        next.Parts.Select(part => part.PartId).ShouldBe(["B", "a", "b", "c"]);
    }

    [Fact]
    public void An_edit_leaves_the_state_that_it_began_with()
    {
        var before = Given.Registry(Given.Part());
        new PartEdits(Given.Rules()).Replace("a", Given.Part() with { Owner = "new" }, Precondition.None)(before, 8).Next!.Parts[0].Version.ShouldBe(8);
        before.Parts[0].Owner.ShouldBe("");
    }

    [Fact]
    public void A_replaced_part_keeps_its_id() => new PartEdits(Given.Rules())
        .Replace("a", Given.Part("b"), Precondition.None)(Given.Registry(Given.Part()), 8).Refusal!.Faults.ShouldHaveSingleItem().Field.ShouldBe("partId");

    [Fact]
    public void Threat_41_an_edit_of_an_older_version_is_refused()
    {
        var registry = Given.Registry(Given.Part() with { Version = 5 });
        new PartEdits(Given.Rules()).Delete("a", new Precondition([4]))(registry, 8).Refusal!.Kind.ShouldBe(RefusalKind.Stale);
        new PartEdits(Given.Rules()).Delete("a", new Precondition([]))(registry, 8).Refusal!.Kind.ShouldBe(RefusalKind.Stale);
        new PartEdits(Given.Rules()).Delete("a", new Precondition([4, 5]))(registry, 8).Next!.Parts.ShouldBeEmpty();
    }

    [Fact]
    public void A_pool_in_use_names_its_users()
    {
        var refusal = new PoolEdits().Delete("p", Precondition.None)(Given.Registry(Given.Part("a"), Given.Part("b")), 8).Refusal!;
        refusal.Kind.ShouldBe(RefusalKind.InUse);
        refusal.UsedBy.ShouldBe(["a", "b"]);
    }

    [Fact]
    public void A_cache_group_is_in_use_by_a_param_too()
    {
        var part = Given.Part() with { Params = [new ParamConfig { Name = "q", In = ParamKind.Query, CacheGroups = ["g"] }] };
        new CacheGroupEdits().Delete("g", Precondition.None)(Given.Registry(part), 8).Refusal!.UsedBy.ShouldBe(["a"]);
        new CacheGroupEdits().Delete("g", Precondition.None)(Given.Registry(Given.Part()), 8).Next!.CacheGroups.ShouldBeEmpty();
    }
}
